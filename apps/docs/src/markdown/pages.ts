import { getCollection, getEntry } from "astro:content";
import type { ErrorEntry } from "@contact-groups/openapi/model";
import type { Change } from "@contact-groups/toolchain/breaking/compare";
import { type Lang, languages } from "../locales.ts";
import { plainSentence } from "../plain-sentence.ts";
import { contradictionsPage } from "../reference/contradictions.ts";
import { downloadPage } from "../reference/download-page.ts";
import { errorPage } from "../reference/error-page.ts";
import { modelOf, operations } from "../reference/model.ts";
import { releasePage, releases, unreleased } from "../reference/releases.ts";
import { tables } from "../reference/tables.ts";
import { guideGroups } from "../sidebar.ts";
import { wordsOf } from "../words/words.ts";
import { errorListText, errorText } from "./errors.ts";
import { guideText } from "./guide.ts";
import { operationText } from "./operation.ts";
import { documentText, fence, parts, prose, tableText } from "./text.ts";

/** A page of the site as Markdown. */
export interface MarkdownPage {
  /** From the top of its language, such as `errors/51008/`. */
  readonly path: string;
  readonly title: string;
  /** One line that says what is on it. */
  readonly summary: string;
  /** Where a list of all pages has it. */
  readonly group: "operations" | "errors" | "guides" | "downloads" | "optional";
  /** Without the title. A link to a page begins with `/`, the top of the language, or with `/~/`, the top of the site. */
  readonly body: string;
}

const read = new Map<Lang, Promise<readonly MarkdownPage[]>>();

/** Returns the pages of a language in the order in which they are read. */
export function markdownPages(lang: Lang): Promise<readonly MarkdownPage[]> {
  const pages = read.get(lang) ?? readPages(lang);
  read.set(lang, pages);
  return pages;
}

async function readPages(lang: Lang): Promise<readonly MarkdownPage[]> {
  const all = [
    referencePage(lang),
    ...operationPages(lang),
    ...errorPages(lang),
    ...(await guidePages(lang)),
    downloadsPage(lang),
    ...(releases.length > 0 ? [changesPage(lang)] : []),
  ];
  return [...all, await contradictions(lang), await contractTests(lang)];
}

function referencePage(lang: Lang): MarkdownPage {
  const say = wordsOf(lang);
  const { info } = modelOf(lang);
  return {
    path: "reference/",
    title: say("reference"),
    summary: info.summary,
    group: "operations",
    body: parts(
      prose(info.description),
      `## ${say("operations")}`,
      tableText(tables.OperationTable(lang)),
      `## ${say("regions")}`,
      tableText(tables.Regions(lang)),
    ),
  };
}

function operationPages(lang: Lang): MarkdownPage[] {
  return operations(modelOf(lang)).map((operation) => ({
    path: `reference/${operation.slug}/`,
    title: operation.texts.summary,
    summary: `\`${operation.method} ${operation.path}\`. ${plainSentence(operation.texts.description)}`,
    group: "operations",
    body: operationText(operation, lang),
  }));
}

function errorPages(lang: Lang): MarkdownPage[] {
  const say = wordsOf(lang);
  const entries: readonly ErrorEntry[] = Object.values(modelOf(lang).errors);
  const list: MarkdownPage = {
    path: "errors/",
    title: say("errors"),
    summary: say("errorsIntro", { count: entries.length }),
    group: "errors",
    body: errorListText(lang),
  };
  const codes = entries.map((entry): MarkdownPage => ({
    path: `errors/${entry.code}/`,
    title: errorPage(entry, lang).title,
    summary: plainSentence(entry.message),
    group: "errors",
    body: errorText(entry, lang),
  }));
  return [list, ...codes];
}

async function guidePages(lang: Lang): Promise<MarkdownPage[]> {
  const say = wordsOf(lang);
  const locale = languages.find((language) => language.lang === lang)?.path;
  const written: readonly Written[] = await getCollection("docs");
  const pages = guideGroups
    .flatMap(({ guides }) => guides)
    .map((guide): MarkdownPage => {
      const path = `guides/${guide}/`;
      const id = `${locale === undefined ? "" : `${locale}/`}guides/${guide}`;
      const entry = written.find((one) => one.id === id);
      if (entry?.body === undefined) throw new Error(`There is no guide ${guide} in ${lang}.`);
      const { title, description = "" } = entry.data;
      return { path, title, summary: description, group: "guides", body: guideText(entry.body, path, lang) };
    });
  const list = pages.map(({ path, title, summary }) => `- [${title}](/${path}): ${summary}`).join("\n");
  const overview: MarkdownPage = {
    path: "guides/",
    title: say("guides"),
    summary: say("guidesIntro"),
    group: "guides",
    body: parts(say("guidesIntro"), list),
  };
  return [overview, ...pages];
}

/** An entry of a collection, as far as it is used here. */
interface Written {
  readonly id: string;
  readonly body?: string;
  readonly data: { readonly title: string; readonly description?: string };
}

function downloadsPage(lang: Lang): MarkdownPage {
  const say = wordsOf(lang);
  const { files, uses, checksums } = downloadPage(lang);
  const list = files.map(
    ({ name, label, format }) => `- [${name}](/~/downloads/${name}): ${label}. ${say(`for.${format}`)}`,
  );
  return {
    path: "downloads/",
    title: say("downloads"),
    summary: say("downloadsIntro"),
    group: "downloads",
    body: parts(
      say("downloadsIntro"),
      `## ${say("files")}`,
      list.join("\n"),
      `## ${say("uses")}`,
      say("useImport"),
      uses.flatMap(({ word, code }) => [say(word), fence("sh", code)]),
      `## ${say("checksums")}`,
      fence("text", checksums),
    ),
  };
}

function changesPage(lang: Lang): MarkdownPage {
  const say = wordsOf(lang);
  const list = (changes: readonly Change[]): string[] =>
    changes.length === 0
      ? [say("changesNone")]
      : (["major", "minor", "patch"] as const).flatMap((bump) => {
          const found = changes.filter((change) => change.bump === bump);
          return found.length === 0 ? [] : [`### ${say(`bumps.${bump}`)}`, found.map(changeText).join("\n")];
        });
  return {
    path: "changes/",
    title: say("changes"),
    summary: say("changesIntro"),
    group: "downloads",
    body: parts(
      say("changesIntro"),
      `## ${say("unreleased")}`,
      list(unreleased ?? []),
      releases.flatMap(({ version, changes }) => [
        `## ${version}`,
        `[${say("releaseReference", { version })}](/~/${releasePage(version)}) · [openapi.json](/~/${releasePage(version)}openapi.json)`,
        ...(changes ? list(changes) : [say("firstRelease")]),
      ]),
    ),
  };
}

function changeText({ bump, what, pointer, whoBreaks, whatToDo }: Change): string {
  const more = bump === "major" ? `\n  - ${prose(whoBreaks)}\n  - ${prose(whatToDo)}` : "";
  return `- ${prose(what)} \`${pointer}\`${more}`;
}

async function contradictions(lang: Lang): Promise<MarkdownPage> {
  const say = wordsOf(lang);
  const entry: Written | undefined = await getEntry("contradictions", "contradictions");
  const documents = Object.entries(modelOf(lang).documents).map(
    ([key, document]) => `- \`${key}\` ${documentText(document, say)}`,
  );
  return {
    path: contradictionsPage,
    title: say("contradictions"),
    summary: say("contradictionsIntro"),
    group: "optional",
    body: parts(say("contradictionsIntro"), entry?.body ?? "", `## ${say("documents")}`, documents.join("\n")),
  };
}

async function contractTests(lang: Lang): Promise<MarkdownPage> {
  const say = wordsOf(lang);
  const [mistakes, mutations]: readonly (Written | undefined)[] = await Promise.all([
    getEntry("contract", "mistakes"),
    getEntry("contract", "mutations"),
  ]);
  return {
    path: "contract-tests/",
    title: say("found"),
    summary: say("foundIntro"),
    group: "optional",
    body: parts(
      say("foundIntro"),
      `## ${say("foundConsumer")}`,
      mistakes?.body ?? "",
      `## ${say("foundProvider")}`,
      mutations?.body ?? "",
    ),
  };
}
