/** Reads a recording as pulls of pages. */
import type { CredentialParameter } from "@contact-groups/openapi/model";
import { operations, type Paging } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";

const app = "sdkappid" satisfies CredentialParameter;

/** A good request for a page. */
export interface PageCall {
  readonly call: number;
  readonly operation: string;
  readonly paging: Paging;
  readonly startIndex: number;
  /** What the caller was told: where the next page begins, that this was the last, that the call failed, or nothing. */
  readonly told: { readonly next: number } | "last page" | "failure" | "nothing";
}

/** The calls for pages, each list's by themselves: what is asked of an app in the same words, but for where the page begins. */
export function pullsOf(exchanges: readonly Exchange[]): readonly (readonly PageCall[])[] {
  const byList = new Map<string, PageCall[]>();
  for (const exchange of exchanges) {
    const { operation, problems, request } = exchange;
    const paging = operations.find(({ operationId }) => operationId === operation)?.paging;
    if (!paging || problems.length > 0) continue;
    const { [paging.start]: _start, ...list } = fields(request.body);
    const key = JSON.stringify([operation, request.query[app], Object.entries(list).toSorted()]);
    const own = byList.get(key) ?? [];
    own.push(toPageCall(exchange, paging));
    byList.set(key, own);
  }
  return [...byList.values()];
}

function toPageCall({ index, operation = "", request, answer }: Exchange, paging: Paging): PageCall {
  return {
    call: index,
    operation,
    paging,
    startIndex: Number(fields(request.body)[paging.start]),
    told: toldBy(answer, paging),
  };
}

function toldBy({ errorCode, body }: Exchange["answer"], paging: Paging): PageCall["told"] {
  if (errorCode === undefined) return "nothing";
  if (errorCode !== 0) return "failure";
  const { [paging.next]: next = 0, [paging.complete]: complete = 1 } = fields(body);
  return complete === 0 ? { next: Number(next) } : "last page";
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}
