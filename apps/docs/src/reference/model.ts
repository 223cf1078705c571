import * as chinese from "@contact-groups/openapi/model.zh-CN";
import * as english from "@contact-groups/openapi/model";
import * as japanese from "@contact-groups/openapi/model.ja";
import type { Field, ObjectField, OperationId, OperationTexts, QueryField } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";

/** The model of the description, in a language. Structure, names and numbers are the same in all of them. */
export type Model = typeof english;

const models: Readonly<Record<Lang, Model>> = { en: english, "zh-CN": chinese, ja: japanese };

/** Returns the model in a language. */
export function modelOf(lang: Lang): Model {
  return models[lang];
}

type RateScope = Model["operations"][OperationId]["rate"]["scope"];

/** An operation with the content of its page. */
export interface Operation {
  readonly id: OperationId;
  /** Last segment of the path, as the official documents name the operation. */
  readonly slug: string;
  readonly path: string;
  readonly method: string;
  /** Its effect on the state. */
  readonly effect: string;
  /** Whether two calls leave the same state as one. */
  readonly idempotent: boolean;
  readonly texts: OperationTexts;
  /** Calls per second, and what they are counted for. */
  readonly rate: { readonly perSecond: number; readonly scope: RateScope };
  /** Names of the lists of a page, where the operation has pages. */
  readonly paging?: { readonly items: string; readonly names?: string };
  /** Pointers to the items of a request and to their results, where each item has one. */
  readonly itemResults?: { readonly request: string; readonly response: string };
  /** Credentials first. */
  readonly query: readonly QueryField[];
  readonly request: Field;
  /** The response of a call that succeeds. */
  readonly ok: ObjectField;
  readonly requests: readonly NamedExample[];
  /** Of calls that succeed. */
  readonly responses: readonly NamedExample[];
}

/** An example of an operation. */
export interface NamedExample {
  readonly name: string;
  readonly summary?: string | undefined;
  readonly value: object;
}

/** Returns the operations in the order of the description. */
export function operations(model: Model): readonly Operation[] {
  return (Object.keys(model.operations) as OperationId[]).map((id) => {
    const operation = model.operations[id];
    const texts = model.operationTexts[id];
    const [ok] = model.responseFields[id].alternatives;
    if (!ok) throw new Error(`${id} has no response of a call that succeeds.`);
    return {
      ...operation,
      id,
      rate: { perSecond: operation.rate.calls / operation.rate.seconds, scope: operation.rate.scope },
      slug: operation.path.slice(operation.path.lastIndexOf("/") + 1),
      texts,
      query: model.queryFields,
      request: model.requestFields[id],
      ok,
      requests: examples(model.requestExamples[id], texts.requestExamples),
      responses: examples(model.successExamples[id], texts.responseExamples),
    };
  });
}

function examples(
  values: Readonly<Record<string, object>>,
  summaries: Readonly<Record<string, string>>,
): readonly NamedExample[] {
  return Object.entries(values).map(([name, value]) => ({ name, summary: summaries[name], value }));
}
