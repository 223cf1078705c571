import { join } from "node:path";
import type { Bundle as EmulatorBundle } from "../../../packages/emulator/generate/bundle.ts";
import { render as renderEmulator, renderPublished } from "../../../packages/emulator/generate/render.ts";
import type { Bundled } from "@contact-groups/toolchain/bundle/bundled";
import type { Folders } from "./folders.ts";
import type { Files } from "@contact-groups/toolchain/bundle/write-whole";

/** The emulator's generated sources, and the files that it publishes as they are. */
export async function emulatorFiles({ content }: Bundled, { emulator, emulatorPackage }: Folders): Promise<Files> {
  const bundle = structuredClone(content) as unknown as EmulatorBundle;
  return { ...within(emulator, await renderEmulator(bundle)), ...within(emulatorPackage, renderPublished(bundle)) };
}

function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]));
}
