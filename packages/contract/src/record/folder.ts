/** A folder with the calls of a run: each process appends to its own files, so workers do not interfere. */
import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exchange } from "./exchange.ts";

/** The variable of the environment that names the folder. */
export const recordVariable = "CONTACT_GROUPS_RECORD";

const extension = ".jsonl";

/**
 * Creates the function that appends calls to a folder of recordings, one JSON text per line. The folder and a file with a new name are
 * created at the first call, so a server that is never called leaves nothing.
 *
 * @param folder Path of the folder. The returned function throws an `Error` that names the variable when it cannot be written.
 * @example
 * ```ts
 * const append = recordTo("recordings");
 * for (const exchange of api.exchanges) append(exchange);
 * ```
 */
export function recordTo(folder: string): (exchange: Exchange) => void {
  const file = join(folder, `${process.pid}-${randomUUID()}${extension}`);
  let isMade = false;
  return (exchange) => {
    try {
      if (!isMade) mkdirSync(folder, { recursive: true });
      isMade = true;
      // Synchronously, because a test runner ends its workers without notice.
      appendFileSync(file, `${JSON.stringify(exchange)}\n`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `The calls cannot be recorded in ${folder} (${code}). Set ${recordVariable} to a writable folder.`,
        {
          cause: error,
        },
      );
    }
  };
}

/** The recordings of a folder. */
export interface Recordings {
  /** All calls in the order of time, with new indexes. */
  readonly exchanges: readonly Exchange[];
  /** The same calls as their servers recorded them, a list for each file. */
  readonly files: readonly (readonly Exchange[])[];
  /**
   * Lines that are not a call with header fields and the violations of its response: a process that was killed can leave its last line
   * unfinished.
   */
  readonly brokenLines: number;
}

/**
 * Reads all recordings of a folder that `CONTACT_GROUPS_RECORD` named.
 *
 * @param folder Path of the folder.
 * @returns All calls in the order of time, the calls of each file, and the number of broken lines.
 * @throws {Error} when the folder is missing or has no recording.
 * @example
 * ```ts
 * console.log(measureCoverage(readRecordings("recordings").exchanges).totals);
 * ```
 */
export function readRecordings(folder: string): Recordings {
  let brokenLines = 0;
  const files = list(folder).map((file) => {
    const lines = readFileSync(join(folder, file), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const exchanges = lines.flatMap((line) => parse(line) ?? []);
    brokenLines += lines.length - exchanges.length;
    return exchanges;
  });
  const exchanges = files
    .flat()
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .map((exchange, index) => ({ ...exchange, index }));
  return { exchanges, files, brokenLines };
}

function list(folder: string): string[] {
  const record = `Run your tests with ${recordVariable}=${folder} first: every contract server then records its calls there.`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`The folder ${folder} cannot be read (${code}). ${record}`, { cause: error });
  }
  const files = names.filter((name) => name.endsWith(extension)).toSorted();
  if (files.length === 0) throw new Error(`The folder ${folder} has no recording (*${extension}). ${record}`);
  return files;
}

/** Parses a line. JSON has no undefined values, so their fields are absent. */
function parse(line: string): Exchange | undefined {
  try {
    const value = JSON.parse(line) as Partial<Exchange> | null;
    const isExchange =
      typeof value?.startedAt === "number" &&
      value.request?.headers !== undefined &&
      value.response?.violations !== undefined;
    return isExchange ? (value as Exchange) : undefined;
  } catch {
    return undefined;
  }
}
