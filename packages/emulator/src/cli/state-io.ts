/** Files with a state, of any size. */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Line, parseLine, readDocument, readLines, type StateInput, toDocumentText } from "../state/state-text.ts";
import type { SeedApp, SeedDocument } from "../seed.ts";
import { escapeUnseen, terminalJson } from "../terminal.ts";
import { explainFileError, messageOf, UsageError } from "./values.ts";

/** Bytes of a JSON document that is read as a whole. */
const mostBytes = 512 * 1024 * 1024;

/** Whether a file has lines of JSON, by its name. */
export function isLinesFile(file: string): boolean {
  return /\.(?:ndjson|jsonl)$/i.test(file);
}

/** Opens a file, or the standard input when the name is `-`. */
export function openPieces(file: string): AsyncIterable<Uint8Array> {
  return file === "-" ? process.stdin : createReadStream(file);
}

/** Reads a state from a file, or from the standard input when the name is `-`. Throws a `UsageError` that names the file. */
export async function readState(file: string, option: string): Promise<StateInput> {
  const pieces = explained(openPieces(file), file, option);
  if (isLinesFile(file)) return { lines: readLines(pieces) };
  try {
    return await readDocument(pieces, mostBytes);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The whole message can quote the document.
    const [place = ""] = / at position \d+(?: \(line \d+ column \d+\))?/.exec(messageOf(error)) ?? [];
    const why = error instanceof RangeError ? messageOf(error) : `it is not JSON: its syntax is wrong${place}.`;
    throw new UsageError(`${option} ${file} cannot be read: ${why}`, { cause: error });
  }
}

/** Reads the lines of a file. */
export function readLinesFile(file: string, option: string): AsyncIterable<Line> {
  return readLines(explained(openPieces(file), file, option));
}

async function* explained(
  pieces: AsyncIterable<Uint8Array>,
  file: string,
  option: string,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* pieces;
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${explainFileError(error)}.`, { cause: error });
  }
}

/**
 * Writes pieces to a file, or to the standard output when the name is `-`. A file that exists is replaced when all is written. Throws a
 * `UsageError` that names the file.
 */
export async function writePieces(file: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  if (file === "-") return pipeline(pieces, process.stdout, { end: false });
  const partial = `${file}.partial`;
  try {
    await pipeline(pieces, createWriteStream(partial));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof Error && !("code" in error)) throw error;
    throw new UsageError(`${file} cannot be written: ${explainFileError(error)}.`, { cause: error });
  }
}

/** Checks that `writePieces` can write a file later. Throws a `UsageError` that names the option and the file. */
export function checkWritable(file: string, option: string): void {
  if (file === "-") return;
  try {
    if (existsSync(file)) closeSync(openSync(file, "r+"));
    writeFileSync(`${file}.partial`, "");
    rmSync(`${file}.partial`);
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be written: ${explainFileError(error)}.`, { cause: error });
  }
}

/** Characters of a document that is written for people. */
const readableLength = 1024 * 1024;

/**
 * Returns the text of a file with a state: lines, or a JSON document by the name of the file. A small document is written for people, with
 * one entry for each app; a large one has an entry on each line, so that it can be read line by line.
 */
export async function* toFileText(file: string, lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  if (isLinesFile(file)) return yield* escaped(lines);
  const begin: string[] = [];
  let length = 0;
  const iterator = lines[Symbol.asyncIterator]();
  while (length <= readableLength) {
    const { done, value } = await iterator.next();
    if (done === true) return yield `${terminalJson(toDocument(begin), 2)}\n`;
    begin.push(value);
    length += value.length;
  }
  yield* escaped(toDocumentText(resume(begin, iterator)));
}

async function* escaped(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  for await (const text of texts) yield escapeUnseen(text);
}

async function* resume(begin: readonly string[], rest: AsyncIterator<string>): AsyncGenerator<string, void> {
  yield* begin;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Joins the lines of each app. */
function toDocument(lines: readonly string[]): SeedDocument {
  const apps = new Map<number | undefined, Required<SeedApp>>();
  for (const [index, text] of lines.entries()) {
    const { sdkAppId, ...app } = parseLine({ number: index + 1, text }) as Required<SeedApp>;
    const before = apps.get(sdkAppId) ?? { sdkAppId, accounts: [], chatGroups: [], users: [] };
    apps.set(sdkAppId, {
      sdkAppId,
      accounts: [...before.accounts, ...app.accounts],
      chatGroups: [...before.chatGroups, ...app.chatGroups],
      users: [...before.users, ...app.users],
    });
  }
  return { apps: [...apps.values()] };
}
