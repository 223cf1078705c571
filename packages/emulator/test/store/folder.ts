import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for the files of one test file. */
export interface Folder {
  readonly path: string;
  /** A name that no file has yet. */
  newFile(): string;
  remove(): void;
}

/** Creates a folder of its own among the temporary ones. */
export function createFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "contact-groups-store-"));
  let files = 0;
  return {
    path,
    newFile: () => join(path, `${files++}.sqlite`),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
