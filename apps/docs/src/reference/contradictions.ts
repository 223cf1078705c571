import { type Lang, languages, type LocalePath } from "../locales.ts";
import { wordsOf } from "../words/words.ts";

/** Address of the page of contradictions, from the top of a language. */
export const contradictionsPage = "guides/contradictions/";

/** Anchor of a section of that page, by its number in SOURCES.md. */
export function rowAnchor(row: number | string): string {
  return `row-${row}`;
}

/** How a text of each language refers to a section of SOURCES.md, or to all of it. */
const references: Readonly<Record<Lang, RegExp>> = {
  en: /row (?<row>\d+) of SOURCES\.md|`?SOURCES\.md`?/g,
  "zh-CN": / ?`?SOURCES\.md`? 第 ?(?<row>\d+) ?行| ?`?SOURCES\.md`?/g,
  ja: /`?SOURCES\.md`? ?の ?(?<row>\d+) ?行目| ?`?SOURCES\.md`? ?/g,
};

/**
 * Returns a text of the description with Markdown links where it refers to SOURCES.md, a file that only the repository has.
 * @param linkTo Returns the address of a page in a language.
 */
export function linkContradictions(text: string, linkTo: (locale: LocalePath, page: string) => string): string {
  if (!text.includes("SOURCES.md")) return text;
  const lang: Lang = /[\u3040-\u30ff]/.test(text) ? "ja" : /[\u4e00-\u9fff]/.test(text) ? "zh-CN" : "en";
  const say = wordsOf(lang);
  const locale = languages.find((language) => language.lang === lang)?.path;
  const page = linkTo(locale, contradictionsPage);
  return text.replaceAll(references[lang], (...match) => {
    const { row } = match.at(-1) as { row?: string };
    return row === undefined
      ? `[${say("contradictionsLink")}](${page})`
      : `[${say("contradictionLink", { row })}](${page}#${rowAnchor(row)})`;
  });
}
