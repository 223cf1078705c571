import type { Lang } from "../locales.ts";
import type { FieldNode } from "../reference/field-tree.ts";
import { jsonText } from "../reference/json-text.ts";
import type { Operation } from "../reference/model.ts";
import { operationPage } from "../reference/operation-page.ts";
import { samplesNote } from "../samples/samples.ts";
import { wordsOf } from "../words/words.ts";
import { factList, fence, labelled, parts, prose } from "./text.ts";

/** The page of an operation as Markdown, without its title. */
export function operationText(operation: Operation, lang: Lang): string {
  const say = wordsOf(lang);
  const { facts, request, query, response, envelope, samples, exchanges, errors } = operationPage(operation, lang);
  const { texts } = operation;
  return parts(
    `\`${operation.method} ${operation.path}\``,
    prose(texts.description),
    factList(facts, lang),
    `[${say("officialPage")}](${texts.docs.url})`,
    `## ${say("body")}`,
    fieldList(request, lang, "required"),
    `### ${say("query")}`,
    fieldList(query, lang, "required"),
    `## ${say("samples")}`,
    samplesNote(lang),
    samples.flatMap(({ label, highlight, source }) => [`### ${label}`, fence(highlight, source)]),
    `## ${say("response")}`,
    say("responseNote"),
    fieldList(response, lang, "always"),
    `### ${say("envelope")}`,
    fieldList(envelope, lang, "always"),
    `## ${say("examples")}`,
    exchanges.flatMap(({ summary, result, request: sent, response: received }) => [
      `### ${labelled(say(`results.${result}`), summary, lang)}`,
      ...(sent ? [labelled(say("request"), "", lang), fence("json", jsonText(sent))] : []),
      ...(received ? [labelled(say("response"), "", lang), fence("json", jsonText(received))] : []),
    ]),
    `## ${say("possibleErrors")}`,
    errors.flatMap(({ label, errors: found }) => [
      `### ${label}`,
      ...found.flatMap(({ code, title, name, message, fix, response: failure }) => [
        `#### [${code}](/errors/${code}/) ${title}`,
        labelled(`\`${name}\``, message, lang),
        labelled(say("fix"), fix, lang),
        fence("json", jsonText(failure)),
      ]),
    ]),
  );
}

/** The fields as a list, each with those inside it. */
function fieldList(fields: readonly FieldNode[], lang: Lang, present: "required" | "always", indent = ""): string {
  const say = wordsOf(lang);
  return fields
    .map(({ name, type, required, condition, limits, choices, description, errors, fields: inner }) => {
      const said = [...(required ? [say(present)] : []), ...(condition === undefined ? [] : [condition]), ...limits];
      const codes = present === "required" ? errors.map((code) => `[${code}](/errors/${code}/)`) : [];
      const head = `\`${name}\`${say("brackets", { text: [`\`${type}\``, ...said.map(plain)].join(say("and")) })}`;
      const line = `${indent}- ${description === "" ? head : labelled(head, description, lang)}`;
      return [
        codes.length > 0 ? line + say("brackets", { text: `${say("otherwise")} ${codes.join(say("comma"))}` }) : line,
        ...choices.map(({ value, meaning }) => `${indent}  - ${labelled(`\`${value}\``, meaning, lang)}`),
        ...(inner.length > 0 ? [fieldList(inner, lang, present, `${indent}  `)] : []),
      ].join("\n");
    })
    .join("\n");
}

/** A phrase in which no character has a meaning of Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>]/g, "\\$&");
}
