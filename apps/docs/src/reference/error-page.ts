import type { Failure } from "@contact-groups/openapi/bodies";
import type { Document, ErrorEntry, KnownErrorCode } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";
import { wordsOf } from "../words/words.ts";
import { errorSnippet } from "./error-snippet.ts";
import { modelOf, type Operation, operations } from "./model.ts";

/** What is said of an error code in one language: its page and the Markdown twin are made from this. */
export interface ErrorPage {
  /** The code and what happened. */
  readonly title: string;
  /** Its category, and how well it is documented. */
  readonly labels: readonly string[];
  /** What to know of it, with a label each, in Markdown. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** The operations that can return it. */
  readonly operations: readonly Operation[];
  /** A response with it. */
  readonly sample: Failure;
  /** A program that handles it. */
  readonly program: string;
  /** The documents that name it. */
  readonly documents: readonly Document[];
}

/** Returns what is said of an error code. */
export function errorPage(entry: ErrorEntry, lang: Lang): ErrorPage {
  const say = wordsOf(lang);
  const model = modelOf(lang);
  const all = operations(model);
  const affected = all.filter(({ id }) => entry.operations.includes(id));
  // No operation has the code: a reading one shows how it is handled.
  const shown = affected.at(0) ?? all.find(({ effect }) => effect === "read") ?? all[0]!;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say("cause"), entry.cause],
    [say("hint"), entry.hint],
    [say("fix"), entry.fix],
    [say("retry"), say(`retries.${entry.retry}`)],
    [say("note"), entry.note],
  ];
  // The service says it in English.
  const said = new Map<number, string>(Object.values(modelOf("en").errors).map(({ code, message }) => [code, message]));
  return {
    title: `${entry.code} ${model.errorTitles[entry.code as KnownErrorCode]}`,
    labels: [say(`categories.${entry.category}`), say(`statuses.${entry.status}`)],
    facts: facts.flatMap(([label, text]) => (text === undefined ? [] : [{ label, text }])),
    operations: affected,
    sample: { ActionStatus: "FAIL", ErrorCode: entry.code, ErrorInfo: said.get(entry.code) ?? entry.message },
    program: errorSnippet(entry, shown.id),
    documents: entry.source
      .map((id): Document | undefined => model.documents[id])
      .filter((document) => document !== undefined),
  };
}
