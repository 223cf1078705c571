import { join } from "node:path";
import { controlProblems } from "../../../packages/emulator/generate/control-problems.ts";
import { operationProblems } from "../../../packages/emulator/generate/operations.ts";
import { render as renderEmulator, renderPublished } from "../../../packages/emulator/generate/render.ts";
import type { Bundled } from "@contact-groups/toolchain/bundle/bundled";
import type { Bundle } from "@contact-groups/toolchain/model";
import type { Folders } from "./folders.ts";
import type { Files } from "@contact-groups/toolchain/bundle/write-whole";

/** The emulator's generated sources, and the files that it publishes as they are; or what they cannot be made of. */
export async function emulatorFiles(
  { content }: Bundled,
  { emulator, emulatorPackage }: Folders,
): Promise<{ readonly problems: readonly string[]; readonly files: Files }> {
  const bundle = structuredClone(content) as unknown as Bundle;
  const problems = [...(await controlProblems(bundle)), ...operationProblems(bundle)];
  if (problems.length > 0) return { problems, files: {} };
  const files = {
    ...within(emulator, await renderEmulator(bundle)),
    ...within(emulatorPackage, renderPublished(bundle)),
  };
  return { problems, files };
}

function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]));
}
