import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@redocly/openapi-core";
import { lintFile } from "@contact-groups/toolchain/bundle/lint-file";
import { Memory, type Read } from "@contact-groups/toolchain/bundle/memory";
import { placeText, type Problem, toProblems } from "@contact-groups/toolchain/bundle/problem";
import { unreadable } from "@contact-groups/toolchain/bundle/sources";
import type { Bundle, NotSupported } from "@contact-groups/toolchain/model";
import { controlFields, readControl } from "./control.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

/**
 * What is wrong with `control.openapi.yaml`, each with its line: as a text, in its form, by the rules of `control.redocly.yaml`, and what no check can
 * be made of.
 */
export async function controlProblems(bundle: Bundle, readFile?: Read): Promise<Problem[]> {
  const show = (path: string): string => `packages/emulator/${relative(folder, path)}`;
  const moment = new Memory(readFile).moment();
  const path = `${folder}control.openapi.yaml`;
  const ofText = unreadable([path], moment, show);
  if (ofText.length > 0) return ofText;
  const config = await loadConfig({ configPath: `${folder}control.redocly.yaml` });
  const ofForm = await toProblems(await lintFile({ path, kind: "oas3_1", alias: "control" }, config, moment), show);
  if (ofForm.length > 0) return ofForm;
  const source = moment.read(path);
  const ofFields: Problem[] = [];
  controlFields(readControl(bundle, source.body), ({ pointer, message }: NotSupported) =>
    ofFields.push(`${placeText({ source, pointer: `#${pointer}` }, show)} ${message}`),
  );
  return [...new Set(ofFields)];
}
