/** A database file that cannot be used. The message says why, and what to do. */
export class StoreFileError extends Error {
  override name = "StoreFileError";

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`The database ${path} cannot be used: ${why}`, options);
  }

  /** For what SQLite threw. */
  static from(path: string, error: unknown): StoreFileError {
    if (error instanceof StoreFileError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new StoreFileError(path, reasons[primaryCode(error)] ?? `${message}.`, { cause: error });
  }
}

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html, 2025-11-28. */
const reasons: Readonly<Record<number, string>> = {
  3: "this user may not read or write it. Change its rights, or choose another file.",
  5: "another process has it open. Stop that one, or choose another file.",
  8: "it may not be written. Change its rights or those of its folder, or choose another file.",
  11: "it is damaged. Put a copy of it back, or choose another file.",
  13: "the disk is full. Make room, or choose another file.",
  14: "it cannot be opened. It must be no folder, its folder has to be there, and this user has to be allowed to write there.",
  26: "it is not a SQLite database. Choose another file.",
};

function primaryCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
}
