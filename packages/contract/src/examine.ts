import type { Body } from "./body.ts";
import { afterPrism, checkBody, checkReadable, isLarge } from "./gate.ts";
import type { Operation } from "./operations.ts";
import type { Judgement, Prism } from "./prism.ts";
import { checkQuery, multimap } from "./query.ts";
import type { Problem } from "./record/exchange.ts";

/** What is found out about a request whose path and method are right. */
export interface Examination {
  readonly problems: readonly Problem[];
  /** Undefined when Prism was not asked. */
  readonly judgement: Judgement | undefined;
}

/** Which requests Prism is asked about: each, or those that the checks refuse. */
export type AskPrism = "every" | "refused";

/**
 * Examines a request: the query, the body, and what Prism says.
 *
 * The checks read the fields of the model, and know two things that Prism does not: the service's strictness about the query, and the
 * description's own keywords. What they accept Prism accepts, so Prism need be asked only about what they refuse; what it then accepts is
 * accepted, but for those two things.
 */
export async function examine(
  operation: Operation,
  query: URLSearchParams,
  body: Body,
  options: { readonly prism: () => Promise<Prism>; readonly ask: AskPrism; readonly maxBodyBytes: number },
): Promise<Examination> {
  const found = [...checkQuery(query), ...checkReadable(body, options.maxBodyBytes), ...checkBody(operation, body)];
  if (found.length === 0 && options.ask === "refused") return { problems: found, judgement: undefined };
  if (
    body.kind === "too large" ||
    body.kind === "malformed" ||
    (isLarge(body) && found.some((one) => one.in === "body"))
  )
    return { problems: found, judgement: undefined };
  const { method, path } = operation;
  const value = body.kind === "json" ? body.value : undefined;
  const judgement = await (await options.prism()).judge({ method, path, query: multimap(query), body: value });
  return { problems: afterPrism(found, judgement), judgement };
}
