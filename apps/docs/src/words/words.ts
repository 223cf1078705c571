import type { Lang } from "../locales.ts";
import consoleEnglish from "./console.en.json" with { type: "json" };
import consoleJapanese from "./console.ja.json" with { type: "json" };
import consoleChinese from "./console.zh-CN.json" with { type: "json" };
import redocEnglish from "./redoc.en.json" with { type: "json" };
import redocJapanese from "./redoc.ja.json" with { type: "json" };
import redocChinese from "./redoc.zh-CN.json" with { type: "json" };
import english from "./en.json" with { type: "json" };
import japanese from "./ja.json" with { type: "json" };
import chinese from "./zh-CN.json" with { type: "json" };

/** Key of one of the site's own words. */
export type Word = keyof typeof english;

/** Key of one of the console's words. */
export type ConsoleWord = keyof typeof consoleEnglish;

/** The console's words in one language. */
export type ConsoleWords = Readonly<Record<ConsoleWord, string>>;

// A language that lacks a word, or has one that English lacks, does not compile.
/** The site's own words in each language. */
export const siteWords = {
  en: english,
  "zh-CN": chinese,
  ja: japanese,
} satisfies Record<Lang, Record<Word, string>> as Readonly<Record<Lang, Readonly<Record<Word, string>>>>;

/** The console's words in each language. */
export const consoleWords = {
  en: consoleEnglish,
  "zh-CN": consoleChinese,
  ja: consoleJapanese,
} satisfies Record<Lang, ConsoleWords> as Readonly<Record<Lang, ConsoleWords>>;

/** Redoc's words in each language, by its own keys. */
export const redocWords = {
  en: redocEnglish,
  "zh-CN": redocChinese,
  ja: redocJapanese,
} satisfies Record<Lang, Record<keyof typeof redocEnglish, string>> as Readonly<
  Record<Lang, Readonly<Record<keyof typeof redocEnglish, string>>>
>;

/** Returns a word in a language. A value replaces `{name}` in it. */
export type Say = (word: Word, values?: Readonly<Record<string, unknown>>) => string;

/** Returns the words of a language. */
export function wordsOf(lang: Lang): Say {
  return (word, values = {}) => siteWords[lang][word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
