import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPinned } from "@contact-groups/testing/install";
import pins from "@contact-groups/testing/runtimes.json" with { type: "json" };

const folder = fileURLToPath(new URL("../../.runtimes/", import.meta.url));

/** Path of something that an installed package holds. */
export function installed(...path: string[]): string {
  return join(folder, "node_modules", ...path);
}

/**
 * Installs the pinned runtimes and compilers, unless exactly these are installed. They are not development dependencies, because they are
 * more than a gigabyte: installing this repository should not wait for them.
 */
export async function installRuntimes(): Promise<void> {
  await installPinned(JSON.stringify(pins, undefined, 2), folder);
}
