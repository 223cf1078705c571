import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A description as it was released. */
export interface Released {
  version: string;
  bundle: object;
}

/**
 * Returns the last released description of a folder with one folder per version, such as `openapi/released`; undefined where nothing was released.
 *
 * @throws Error if the bundle of that version cannot be read. The message says how to restore it.
 */
export function lastReleased(folder: string): Released | undefined {
  const version = releasedVersions(folder).at(-1);
  if (version === undefined) return undefined;
  const file = join(folder, version, "openapi.json");
  try {
    return { version, bundle: JSON.parse(readFileSync(file, "utf8")) as object };
  } catch (cause) {
    const todo = `Restore it from the commit of version ${version}: the release gate compares with it.`;
    throw new Error(`released/${version}/openapi.json cannot be read as JSON. ${todo}`, { cause });
  }
}

/** Returns the released versions, the last one last. */
export function releasedVersions(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  return versions.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
}
