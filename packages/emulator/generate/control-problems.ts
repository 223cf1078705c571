import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@redocly/openapi-core";
import { lintFile } from "@contact-groups/toolchain/bundle/lint-file";
import { Memory, type Read } from "@contact-groups/toolchain/bundle/memory";
import { type Problem, toProblems } from "@contact-groups/toolchain/bundle/problem";
import { unreadable } from "@contact-groups/toolchain/bundle/sources";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** What is wrong with `control.openapi.yaml`, each with its line: as a text, in its form, or by the rules of `control.redocly.yaml`. */
export async function controlProblems(readFile?: Read): Promise<Problem[]> {
  const show = (path: string): string => `packages/emulator/${relative(folder, path)}`;
  const moment = new Memory(readFile).moment();
  const path = `${folder}control.openapi.yaml`;
  const ofText = unreadable([path], moment, show);
  if (ofText.length > 0) return ofText;
  const config = await loadConfig({ configPath: `${folder}control.redocly.yaml` });
  return toProblems(await lintFile({ path, kind: "oas3_1", alias: "control" }, config, moment), show);
}
