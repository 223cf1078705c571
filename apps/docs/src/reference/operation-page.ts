import type { ErrorEntry, Field } from "@contact-groups/openapi/model";
import { findCodes } from "../console/explanation.ts";
import type { Lang } from "../locales.ts";
import { type Sample, samplesOf } from "../samples/samples.ts";
import { wordsOf } from "../words/words.ts";
import { type FieldNode, fieldTree, linkRepeated } from "./field-tree.ts";
import { modelOf, type Operation, operations } from "./model.ts";

/** What the reference says of an operation, in one language: its page, Redoc and the Markdown twin are made from this. */
export interface OperationPage {
  readonly operation: Operation;
  readonly lang: Lang;
  /** Short facts in Markdown, such as the rate. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly request: readonly FieldNode[];
  readonly query: readonly FieldNode[];
  /** Of a call that succeeds, without the envelope. */
  readonly response: readonly FieldNode[];
  /** The fields that the responses of all operations have. */
  readonly envelope: readonly FieldNode[];
  readonly samples: readonly Sample[];
  readonly exchanges: readonly Exchange[];
  readonly errors: readonly ErrorGroup[];
}

/** An example: a request, its response, or both. */
export interface Exchange {
  readonly name: string;
  /** In Markdown. */
  readonly summary: string;
  /** A call can succeed although a part of it failed. */
  readonly result: "ok" | "partial";
  readonly request: object | undefined;
  readonly response: object | undefined;
}

/** Errors that belong together: those of this operation, then those of every operation by their category. */
export interface ErrorGroup {
  /** `own`, or a category of the catalogue. */
  readonly id: string;
  readonly label: string;
  readonly errors: readonly ErrorOfOperation[];
}

/** An error that an operation can return. */
export interface ErrorOfOperation extends ErrorEntry {
  readonly title: string;
  /** A response with it. */
  readonly response: object;
}

/** Returns what the reference says of an operation. */
export function operationPage(operation: Operation, lang: Lang): OperationPage {
  const say = wordsOf(lang);
  const { texts } = operation;
  const request = fieldTree(operation.request, "request", lang);
  const response = fieldTree(operation.ok, "response", lang);
  const isShared = (name: string): boolean => operations(modelOf(lang)).every(({ ok }) => name in ok.fields);
  return {
    operation,
    lang,
    facts: [
      { label: say("rate"), text: say(`rate.${operation.rate.scope}`, operation.rate) },
      { label: say("idempotent"), text: say(`idempotent.${operation.idempotent}`, { reason: texts.idempotent }) },
    ],
    request,
    query: fieldTree(queryOf(operation), "query", lang),
    response: linkRepeated(
      response.filter(({ name }) => !isShared(name)),
      request,
    ),
    envelope: response.filter(({ name }) => isShared(name)),
    samples: samplesOf(modelOf(lang), operation),
    exchanges: exchangesOf(operation),
    errors: errorsOf(operation, lang),
  };
}

function queryOf({ query }: Operation): Field {
  return {
    type: "object",
    required: query.filter(({ required }) => required).map(({ name }) => name),
    fields: Object.fromEntries(query.map(({ name, field }) => [name, field])),
  };
}

/** Pairs requests and responses of the same name: what succeeds, what succeeds in part, and what has only one half. */
function exchangesOf({ requests, responses, itemResults }: Operation): readonly Exchange[] {
  const names = new Set([...responses, ...requests].map(({ name }) => name));
  const all = [...names].map((name): Exchange => {
    const request = requests.find((example) => example.name === name);
    const response = responses.find((example) => example.name === name);
    const partial = itemResults !== undefined && findCodes(response?.value, []).length > 0;
    return {
      name,
      summary: response?.summary ?? request?.summary ?? name,
      result: partial ? "partial" : "ok",
      request: request?.value,
      response: response?.value,
    };
  });
  const rank = ({ request, response, result }: Exchange): number => {
    if (!request || !response) return 2;
    return result === "ok" ? 0 : 1;
  };
  return all.toSorted((left, right) => rank(left) - rank(right));
}

function errorsOf(operation: Operation, lang: Lang): readonly ErrorGroup[] {
  const say = wordsOf(lang);
  const model = modelOf(lang);
  const titles: Readonly<Record<number, string>> = model.errorTitles;
  const all = Object.values(model.errors as Readonly<Record<string, ErrorEntry>>)
    .filter((entry) => entry.operations.includes(operation.id))
    .map((entry) => ({
      ...entry,
      title: titles[entry.code] ?? entry.name,
      response: failure(model.failureExamples, entry),
    }));
  // A code that every operation can return says nothing of one of them.
  const isShared = (entry: ErrorEntry): boolean => entry.operations.length === Object.keys(model.operations).length;
  const categories = [...new Set(all.filter(isShared).map(({ category }) => category))];
  return [
    { id: "own", label: say("ownErrors"), errors: all.filter((entry) => !isShared(entry)) },
    ...categories.map((category) => ({
      id: category,
      label: say("commonErrors", { category: say(`categories.${category}`) }),
      errors: all.filter((entry) => isShared(entry) && entry.category === category),
    })),
  ].filter(({ errors }) => errors.length > 0);
}

function failure(
  examples: Readonly<Record<string, readonly [number, string]>>,
  { code, name, message }: ErrorEntry,
): object {
  const [ErrorCode, ErrorInfo] = examples[name] ?? [code, message];
  return { ActionStatus: "FAIL", ErrorCode, ErrorInfo };
}
