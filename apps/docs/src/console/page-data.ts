import type { ConsoleWord, ConsoleWords } from "../words/words.ts";
import type { ConsoleData } from "./console-data.ts";

/** Reads the data that the build put into the page. */
export function pageData(): ConsoleData {
  return JSON.parse(document.getElementById("console-data")?.textContent ?? "null") as ConsoleData;
}

/** Returns a word in the language of the page. A value replaces `{name}` in it. */
export type ConsoleSay = (word: ConsoleWord, values?: Readonly<Record<string, string | number>>) => string;

/** Returns the words of a page, which has those of its own language only. */
export function consoleSay(words: ConsoleWords): ConsoleSay {
  return (word, values = {}) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
