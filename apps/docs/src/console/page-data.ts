import type { ConsoleWord, ConsoleWords } from "../words/words.ts";
import type { ConsoleData } from "./console-data.ts";

/** Reads the data that the build put into the page. */
export function pageData(): ConsoleData {
  return JSON.parse(document.getElementById("console-data")?.textContent ?? "null") as ConsoleData;
}

/** Says a word in the language of the page; `{name}` in it is replaced by the value of that name. */
export type ConsoleSay = (word: ConsoleWord, values?: Readonly<Record<string, string | number>>) => string;

/** A page has the words of its own language only. */
export function consoleSay(words: ConsoleWords): ConsoleSay {
  return (word, values = {}) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
