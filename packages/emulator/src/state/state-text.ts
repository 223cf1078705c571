/** The state as text of any size: lines, each of which is an entry of `apps`. */
import { DocumentError } from "../document.ts";
import { snapshotChatGroup, snapshotUser, type SeedApp, type SeedChatGroup, type SeedUser } from "../seed.ts";
import { compareKeyTexts } from "../store/key-text.ts";
import { allAccounts, allChatGroups, allUsers, type StoreReader } from "../store/store.ts";
import { partWeight, weightOfUser } from "./seed-parts.ts";

/** Text in pieces of any size, which can end anywhere, also between the bytes of a character. */
export type TextPieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Media type of lines of JSON. */
export const linesType = "application/x-ndjson";

/** Most characters of a line, so that a text without line breaks does not fill the memory. */
const longestLine = 16 * 1024 * 1024;

/** A line with its number, from 1 on. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * Reads lines that are not empty. Throws a `DocumentError` for a line that is too long, and for text that is not UTF-8. A byte order mark at
 * the beginning is ignored.
 */
export async function* readLines(pieces: TextPieces): AsyncGenerator<Line, void> {
  let number = 0;
  let rest = "";
  const next = (text: string): readonly Line[] => (++number, text.trim() === "" ? [] : [{ number, text }]);
  for await (const text of decode(pieces)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield* next(line);
    if (rest.length > longestLine)
      throw new DocumentError(
        "",
        `Line ${number + 1} has more than ${longestLine} characters. Write an entry of apps to each line, with some of its users.`,
      );
  }
  yield* next(rest);
}

async function* decode(pieces: TextPieces): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  const read = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new DocumentError("", "The text is not UTF-8.");
    }
  };
  for await (const piece of pieces) {
    const text = typeof piece === "string" ? piece : read(piece);
    // The decoder removes the mark of bytes.
    yield isFirst ? text.replace(/^\uFEFF/, "") : text;
    isFirst &&= text === "";
  }
  yield read();
}

/** Parses a line. Throws a `DocumentError` that names it. */
export function parseLine({ number, text }: Line): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError("", `Line ${number} is not JSON: ${error instanceof Error ? error.message : ""}.`);
  }
}

/** The beginning and the end of a document that has an entry of `apps` on each line. */
const [documentBegin, documentEnd] = ['{"apps":[', "]}"];

/** Writes lines as a JSON document, with an entry of `apps` on each line, so that it can be read line by line as well. */
export async function* toDocumentText(lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  let separator = `${documentBegin}\n`;
  for await (const line of lines) {
    yield separator + line.trimEnd();
    separator = ",\n";
  }
  yield separator === ",\n" ? `\n${documentEnd}\n` : `${documentBegin}${documentEnd}\n`;
}

/** Bytes up to which a document is parsed as a whole in any case. */
const smallBytes = 1024 * 1024;

/** The state that a text has: a document, or lines. */
export type StateInput = { readonly document: unknown } | { readonly lines: AsyncIterable<Line> };

/**
 * Reads a JSON document. A large one that has an entry of `apps` on each line, as an export has, is read line by line; any other one as a
 * whole, up to a number of bytes. Throws a `DocumentError` for what is not JSON, and a `RangeError` for a document that is too large.
 */
export async function readDocument(pieces: TextPieces, mostBytes: number): Promise<StateInput> {
  const iterator = decode(pieces);
  const texts: string[] = [];
  let length = 0;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    const wasSmall = length <= smallBytes;
    texts.push(next.value);
    length += next.value.length;
    if (wasSmall && length > smallBytes) {
      const text = texts.join("");
      if (beginsWithLine(text)) return { lines: readDocumentLines(readLines(chain(text, iterator))) };
    }
    if (length > mostBytes)
      throw new RangeError(
        `A JSON document must have at most ${mostBytes} bytes, unless it has an entry of apps on each line, as an export has. Send lines of JSON as application/x-ndjson: each line is an entry of apps.`,
      );
  }
  return { document: parseDocument(texts.join("")) };
}

function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError("", `The text is not JSON: ${error instanceof Error ? error.message : ""}.`);
  }
}

async function* chain(text: string, rest: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  yield text;
  yield* rest;
}

/** Whether the first line is the beginning of a document with an entry on each line, and the second one is a whole entry. */
function beginsWithLine(text: string): boolean {
  const [first, second, third] = text.split("\n", 3);
  return first?.trimEnd() === documentBegin && third !== undefined && /^\{.*\},?\s*$/.test(second ?? "");
}

/** Reads the entries of a document that has one on each line. Throws a `DocumentError` when its end is missing. */
async function* readDocumentLines(lines: AsyncIterable<Line>): AsyncGenerator<Line, void> {
  let isEnded = false;
  for await (const { number, text } of lines) {
    if (number === 1) continue;
    if (isEnded) throw new DocumentError("", `Line ${number} is behind the end of the document.`);
    isEnded = text.trimEnd() === documentEnd;
    if (!isEnded) yield { number, text: text.trimEnd().replace(/,$/, "") };
  }
  if (!isEnded) throw new DocumentError("", `The document has no end: its last line must be ${documentEnd}.`);
}

/**
 * Writes the state of apps, by default of all, as lines, which end with a line break. A line has a few kilobytes, unless a single user or chat group has more.
 * The same state always gives the same lines. Each user is as it is when its line is written. An empty text is no line: it only gives the
 * caller its turn.
 */
export function* stateLines(store: StoreReader, apps?: readonly number[]): Generator<string, void> {
  for (const sdkAppId of store.apps()) if (apps?.includes(sdkAppId) ?? true) yield* appLines(store, sdkAppId);
}

function* appLines(store: StoreReader, sdkAppId: number): Generator<string, void> {
  let accounts: string[] = [];
  let chatGroups: SeedChatGroup[] = [];
  let users: SeedUser[] = [];
  let weight = 0;
  const flush = function* (least: number): Generator<string, void> {
    if (weight < least) return;
    weight = 0;
    const isEmpty = accounts.length + chatGroups.length + users.length === 0;
    const line: SeedApp = { sdkAppId, accounts, chatGroups, users };
    [accounts, chatGroups, users] = [[], [], []];
    yield isEmpty ? "" : `${JSON.stringify(line)}\n`;
  };
  // Both are in the same order. A user is imported unless it says otherwise, so its account is not written.
  const withRow = allUsers(store, sdkAppId)[Symbol.iterator]();
  let next = withRow.next();
  for (const userId of allAccounts(store, sdkAppId)) {
    while (next.done !== true && compareKeyTexts(next.value, userId) < 0) next = withRow.next();
    if (next.done === true || next.value !== userId) accounts.push(userId);
    weight++;
    yield* flush(partWeight);
  }
  for (const row of allChatGroups(store, sdkAppId)) {
    chatGroups.push(snapshotChatGroup(row));
    weight += 1 + (row.members?.length ?? 0);
    yield* flush(partWeight);
  }
  for (const userId of allUsers(store, sdkAppId)) {
    const user = snapshotUser(sdkAppId, userId, store);
    users.push(user);
    weight += weightOfUser(user);
    yield* flush(partWeight);
  }
  yield* flush(1);
}
