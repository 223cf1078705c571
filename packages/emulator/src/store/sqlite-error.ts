/** Thrown for a database file that cannot be used. The message says why, and what to do. */
export class StoreFileError extends Error {
  override name = "StoreFileError";

  /** Whether another process, or this one, has the file open. */
  readonly isInUse: boolean;

  constructor(path: string, why: string, options?: ErrorOptions & { readonly isInUse?: boolean }) {
    super(`The database ${path} cannot be used: ${why}`, options);
    this.isInUse = options?.isInUse === true;
  }

  /** Creates an error from what SQLite threw. */
  static from(path: string, error: unknown): StoreFileError {
    if (error instanceof StoreFileError) return error;
    const message = error instanceof Error ? error.message : String(error);
    const code = primaryCode(error);
    return new StoreFileError(path, reasons[code] ?? `${message}.`, { cause: error, isInUse: code === inUse });
  }
}

const inUse = 5;

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html, 2025-11-28. */
const reasons: Readonly<Record<number, string>> = {
  3: "this user is not allowed to read or write it. Change its permissions, or choose another file.",
  [inUse]: "it is already open, in this process or another. Close it there, or choose another file.",
  8: "it is read-only. Change its permissions or those of its folder, or choose another file.",
  10: "it cannot be read or written (disk I/O error). Check the disk and the permissions of the file and its folder, or choose another file.",
  11: "it is damaged. Restore it from a copy, or choose another file.",
  13: "the disk is full. Free some space, or choose another file.",
  14: "it cannot be opened. It must be a file in a folder that exists and in which this user is allowed to write.",
  26: "it is not a SQLite database. Choose another file.",
};

function primaryCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
}
