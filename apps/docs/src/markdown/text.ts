import type { Document } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";
import { linkContradictions } from "../reference/contradictions.ts";
import { dateText } from "../reference/document-date.ts";
import type { Table } from "../reference/tables.ts";
import type { Say } from "../words/words.ts";

/** A text of the description, whose links lead to pages of the same language from its top. */
export function prose(text: string): string {
  return linkContradictions(text, (_, page) => `/${page}`);
}

/** Code in a fence that is longer than any in it. */
export function fence(language: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const mark = "`".repeat(longest + 1);
  return `${mark}${language}\n${code.trimEnd()}\n${mark}`;
}

/** A table in Markdown. */
export function tableText({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => prose(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A document with its link and its date. */
export function documentText({ title, url, date }: Document, say: Say): string {
  return `${url === undefined ? title : `[${title}](${url})`}${say("documentDate", { date: dateText(date, say) })}`;
}

/** Parts of a text, one after the other. */
export function parts(...texts: readonly (string | readonly string[])[]): string {
  return texts
    .flat()
    .filter((text) => text !== "")
    .join("\n\n");
}

/** A label and what it labels, with the colon of the language. */
export function labelled(label: string, text: string, lang: Lang): string {
  return `${label}${lang === "en" ? ": " : "："}${prose(text)}`;
}

/** A list of facts with a label each. */
export function factList(facts: readonly { readonly label: string; readonly text: string }[], lang: Lang): string {
  return facts.map(({ label, text }) => `- ${labelled(label, text, lang)}`).join("\n");
}
