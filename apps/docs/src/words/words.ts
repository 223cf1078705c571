import type { Lang } from "../locales.ts";
import english from "./en.json" with { type: "json" };
import japanese from "./ja.json" with { type: "json" };
import chinese from "./zh-CN.json" with { type: "json" };

/** Key of one of the site's own words. */
export type Word = keyof typeof english;

// A language that lacks a word, or has one that English lacks, does not compile.
const words = { en: english, "zh-CN": chinese, ja: japanese } satisfies Record<Lang, Record<Word, string>>;

/** Says a word in a language; `{name}` in it is replaced by the value of that name. */
export type Say = (word: Word, values?: Readonly<Record<string, unknown>>) => string;

/** The words of a language. */
export function wordsOf(lang: Lang): Say {
  return (word, values = {}) => words[lang][word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
