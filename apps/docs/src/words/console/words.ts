import type { Lang } from "../../locales.ts";
import english from "./en.json" with { type: "json" };
import japanese from "./ja.json" with { type: "json" };
import chinese from "./zh-CN.json" with { type: "json" };

/** Key of one of the console's words. */
export type ConsoleWord = keyof typeof english;

/** The console's words in one language. */
export type ConsoleWords = Readonly<Record<ConsoleWord, string>>;

/** The console's words. A language that lacks a word, or has one that English lacks, does not compile. */
export const consoleWords = {
  en: english,
  "zh-CN": chinese,
  ja: japanese,
} satisfies Record<Lang, ConsoleWords> as Readonly<Record<Lang, ConsoleWords>>;
