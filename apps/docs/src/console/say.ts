import type { ConsoleWord, ConsoleWords } from "../words/console/words.ts";

/** Says a word in the language of the page; `{name}` in it is replaced by the value of that name. */
export type Say = (word: ConsoleWord, values?: Readonly<Record<string, string | number>>) => string;

/** A page has the words of its own language only. */
export function sayWith(words: ConsoleWords): Say {
  return (word, values = {}) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
