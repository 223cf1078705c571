import { join } from "node:path";

/** Where the description is and where what is made from it goes: absolute paths. */
export interface Folders {
  /** Root of the repository. Messages show paths relative to it. */
  readonly root: string;
  /** Holds `openapi.yaml` and `redocly.yaml`. */
  readonly description: string;
  readonly dist: string;
  /** The emulator's package. */
  readonly emulator: string;
}

/** The folders of a repository, or of a copy of it. */
export function foldersOf(root: string): Folders {
  return {
    root,
    description: join(root, "openapi"),
    dist: join(root, "openapi/dist"),
    emulator: join(root, "packages/emulator"),
  };
}
