import type { ErrorEntry } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";
import { errorPage } from "../reference/error-page.ts";
import { jsonText } from "../reference/json-text.ts";
import { modelOf } from "../reference/model.ts";
import { wordsOf } from "../words/words.ts";
import { documentText, factList, fence, parts, prose, tableText } from "./text.ts";

/** The page of an error code as Markdown, without its title. */
export function errorText(entry: ErrorEntry, lang: Lang): string {
  const say = wordsOf(lang);
  const { labels, facts, operations, sample, program, documents } = errorPage(entry, lang);
  const affected = operations.map(({ slug }) => `[${slug}](/reference/${slug}/)`).join(" · ");
  return parts(
    [`\`${entry.name}\``, ...labels].join(" · "),
    prose(entry.message),
    factList([...facts, { label: say("errors.returnedBy"), text: affected || say("errors.returnedByNone") }], lang),
    `## ${say("sampleBody")}`,
    fence("json", jsonText(sample)),
    `## ${say("handleIt")}`,
    fence("ts", program),
    `## ${say("documented")}`,
    documents.map((document) => `- ${documentText(document, say)}`).join("\n"),
  );
}

/** The list of all error codes as Markdown, without its title. */
export function errorListText(lang: Lang): string {
  const say = wordsOf(lang);
  const { errors, errorTitles } = modelOf(lang);
  const entries = Object.values(errors);
  return parts(
    say("errorsIntro", { count: entries.length }),
    tableText({
      head: [say("code"), say("title"), say("name"), say("category"), say("meaning")],
      rows: entries.map(({ code, name, category, message }) => [
        `[${code}](/errors/${code}/)`,
        errorTitles[code],
        name,
        say(`categories.${category}`),
        message,
      ]),
    }),
  );
}
