import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadConfig } from "@redocly/openapi-core";
import { lintFile } from "@contact-groups/toolchain/bundle/lint-file";
import { Memory, type Read } from "@contact-groups/toolchain/bundle/memory";
import { placeText, type Problem, toProblems } from "@contact-groups/toolchain/bundle/problem";
import { unreadable } from "@contact-groups/toolchain/bundle/sources";
import type { NotSupported } from "@contact-groups/toolchain/model";
import { controlFields, controlFile, readControl } from "./control.ts";
import type { Described } from "./described.ts";
import { renderSeedSchema } from "./seed-schema.ts";

/**
 * What is wrong with `control.openapi.yaml`, each with its line: as a text, in its form, by the rules of `control.redocly.yaml`, and what no check can
 * be made of.
 */
export async function controlProblems(
  described: Described,
  emulator: string,
  readFile: Read = (path) => readFileSync(path),
): Promise<Problem[]> {
  const show = (path: string): string => `packages/emulator/${relative(emulator, path)}`;
  // It refers to the schema as it will be.
  const seedSchema = join(emulator, "seed.schema.json");
  const read: Read = (path) => (path === seedSchema ? Buffer.from(renderSeedSchema(described)) : readFile(path));
  const moment = new Memory(read).moment();
  const path = join(emulator, controlFile);
  const ofText = unreadable([path], moment, show);
  if (ofText.length > 0) return ofText;
  const config = await loadConfig({ configPath: join(emulator, "control.redocly.yaml") });
  const ofForm = await toProblems(await lintFile({ path, kind: "oas3_1", alias: "control" }, config, moment), show);
  if (ofForm.length > 0) return ofForm;
  const source = moment.read(path);
  const ofFields: Problem[] = [];
  controlFields(readControl(described, emulator, source.body), ({ pointer, message }: NotSupported) =>
    ofFields.push(`${placeText({ source, pointer: `#${pointer}` }, show)} ${message}`),
  );
  return [...new Set(ofFields)];
}
