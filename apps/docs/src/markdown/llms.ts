import { type Lang, languages, type LocalePath } from "../locales.ts";
import { bundleName, downloads } from "../reference/bundle.ts";
import { modelOf } from "../reference/model.ts";
import { siteOptions } from "../site-options.ts";
import { wordsOf } from "../words/words.ts";
import { markdownDocument } from "./document.ts";
import { type MarkdownPage, markdownPages } from "./pages.ts";
import { parts } from "./text.ts";

/** Name of the Markdown twin in the folder of its page. */
export const twinName = "index.html.md";

/** Returns the twin of a page, with links to the twins of others. */
export async function twinText(page: MarkdownPage, lang: Lang): Promise<string> {
  return documentOf(`# ${page.title}\n\n${page.body}`, page.path, lang);
}

/** Returns the list of all pages of a language, in the form of llmstxt.org: the operations first, then what they return, guides, and the rest. */
export async function llmsText(lang: Lang): Promise<string> {
  const say = wordsOf(lang);
  const pages = await markdownPages(lang);
  const list = (group: MarkdownPage["group"]): string =>
    pages
      .filter((page) => page.group === group)
      .map(({ path, title, summary }) => `- [${title}](/${path}): ${summary}`)
      .join("\n");
  const others = languages
    .filter((language) => language.lang !== lang)
    .map(({ path, label }) => `- [${label}](/~/${folderOf(path)}llms.txt)`);
  const files = downloads
    .filter((download) => download.lang === lang)
    .map(
      ({ format }) =>
        `- [${bundleName(lang, format)}](/~/downloads/${bundleName(lang, format)}): ${say(`for.${format}`)}`,
    );
  return documentOf(
    parts(
      `# ${titleOf(lang)}`,
      `> ${modelOf(lang).info.summary} ${say("llmsIntro")}`,
      `${say("llmsFull")} [llms-full.txt](/llms-full.txt)`,
      `## ${say("operations")}`,
      list("operations"),
      `## ${say("errors")}`,
      list("errors"),
      `## ${say("guides")}`,
      list("guides"),
      `## ${say("downloads")}`,
      `${list("downloads")}\n${files.join("\n")}`,
      // A name with a meaning in llmstxt.org.
      "## Optional",
      `${list("optional")}\n${others.join("\n")}`,
    ),
    "",
    lang,
  );
}

/** Returns all pages of a language as one document, in the order in which they are read. */
export async function llmsFullText(lang: Lang): Promise<string> {
  const pages = await markdownPages(lang);
  const texts = pages.map(({ path, title, body }) => parts(`# [${title}](/${path})`, body));
  return documentOf(parts(`> ${titleOf(lang)}. ${modelOf(lang).info.summary}`, texts), "", lang);
}

/** @param at Path of the document's folder, from the top of the language. */
async function documentOf(markdown: string, at: string, lang: Lang): Promise<string> {
  const twins = new Set((await markdownPages(lang)).map(({ path }) => path));
  const up = "../".repeat(at.split("/").length - 1);
  const site = localeOf(lang) === undefined ? "" : "../";
  return markdownDocument(markdown, (target) => {
    if (target.startsWith("/~/")) return `${up}${site}${target.slice(3)}` || "./";
    if (!target.startsWith("/"))
      throw new Error(`The link ${target} in ${at} of ${lang} leads to no page of the site.`);
    const [path = ""] = target.slice(1).split("#");
    return `${up}${path}${twins.has(path) ? twinName : ""}` || "./";
  });
}

function titleOf(lang: Lang): string {
  const { title } = siteOptions;
  return typeof title === "string" ? title : (title?.[lang] ?? wordsOf(lang)("site"));
}

function localeOf(lang: Lang): LocalePath {
  return languages.find((language) => language.lang === lang)?.path;
}

function folderOf(locale: LocalePath): string {
  return locale === undefined ? "" : `${locale}/`;
}
