import type { Lang } from "../locales.ts";
import { limit, rateText } from "../reference/facts.ts";
import { tables } from "../reference/tables.ts";
import { tableText } from "./text.ts";

/**
 * The Markdown of a guide, from its MDX: the imports at its top are left out, and each component is replaced by what it shows.
 * @param path Path of the guide's page, to which its links are relative.
 * @throws {Error} For a component that this function does not know.
 */
export function guideText(source: string, path: string, lang: Lang): string {
  const body = source.replace(/^(?:\s*import [^\n]*\n)+/, "").trim();
  // Every second part is a fence, or code in a line.
  return body
    .split(/(^```[^]*?^```$|`[^`\n]+`)/m)
    .map((part, index) =>
      index % 2 === 1 ? part.replace(/^```(\w+)[^\n]*/, "```$1") : rootLinks(withoutComponents(part, lang), path),
    )
    .join("");
}

function withoutComponents(text: string, lang: Lang): string {
  return text.replaceAll(/<\/?(\w+)([^>]*)>/g, (written, name: string, attributes: string) => {
    const { name: limitName = "" } = Object.fromEntries(
      [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
    if (name === "Limit") return String(limit(limitName));
    if (name === "Rate") return rateText(lang);
    if (Object.hasOwn(tables, name)) return tableText(tables[name as keyof typeof tables](lang));
    throw new Error(`${written} of a guide has no Markdown. Add ${name} to src/markdown/guide.ts.`);
  });
}

/** Links from the top of the language instead of the page. */
function rootLinks(text: string, path: string): string {
  return text.replaceAll(/\]\((\.\.?\/[^)\s]*)\)/g, (_, link: string) => {
    const { pathname, hash } = new URL(link, `http://site/${path}`);
    return `](${pathname}${hash})`;
  });
}
