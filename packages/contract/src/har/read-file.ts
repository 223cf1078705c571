import { readFileSync } from "node:fs";
import type { Exchange } from "../record/exchange.ts";
import { createObserver } from "./observer.ts";
import { readHar } from "./read-har.ts";

/** The calls that a HAR file holds, judged and redacted. */
export interface HarExchanges {
  readonly exchanges: readonly Exchange[];
  /** Entries that are no calls of this API, by method, origin and path. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Reads a HAR file. Throws an `Error` that names the file and what is wrong with it. */
export async function readHarFile(file: string): Promise<HarExchanges> {
  const { calls, skipped } = readHar(parse(file));
  const observe = createObserver("every");
  const exchanges: Exchange[] = [];
  for (const call of calls) exchanges.push(await observe(call));
  return { exchanges, skipped };
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
  try {
    // Some programs on Windows begin a file with a mark of its byte order.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's message quotes the file, which may hold a UserSig.
    throw new Error(`${file} is not JSON. Give a HAR file, or a folder of recordings.`);
  }
}
