/** Rules about pagination. */
import { appName, docsOf, operations, type PagingFields } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import type { JudgeRule, RuleName, Violation } from "./violation.ts";

/** A valid request for a page. */
export interface PageCall {
  readonly call: number;
  readonly operation: string;
  readonly paging: PagingFields;
  readonly startIndex: number;
  /** What the response says: where the next page begins, that this is the last page, that the call failed, or nothing. */
  readonly result: { readonly next: number } | "last page" | "failure" | "nothing";
}

/** Groups the requests for pages by list: those to one app that differ only in where the page begins. */
export function pageCallsOf(exchanges: readonly Exchange[]): readonly (readonly PageCall[])[] {
  const byList = new Map<string, PageCall[]>();
  for (const exchange of exchanges) {
    const { operation, violations, request } = exchange;
    const paging = operations.find(({ operationId }) => operationId === operation)?.paging;
    if (!paging || violations.length > 0) continue;
    const { [paging.start]: _start, ...list } = fields(request.body);
    const key = JSON.stringify([operation, request.query[appName], Object.entries(list).toSorted()]);
    const own = byList.get(key) ?? [];
    own.push(toPageCall(exchange, paging));
    byList.set(key, own);
  }
  return [...byList.values()];
}

function toPageCall({ index, operation = "", request, response }: Exchange, paging: PagingFields): PageCall {
  return {
    call: index,
    operation,
    paging,
    startIndex: Number(fields(request.body)[paging.start]),
    result: resultOf(response, paging),
  };
}

function resultOf({ errorCode, body }: Exchange["response"], paging: PagingFields): PageCall["result"] {
  if (errorCode === undefined) return "nothing";
  if (errorCode !== 0) return "failure";
  const { [paging.next]: next = 0, [paging.complete]: complete = 1 } = fields(body);
  return complete === 0 ? { next: Number(next) } : "last page";
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}

/** Reports a start index that is neither 0 nor the next index of an earlier page of the list. */
export const startIndex: JudgeRule = (exchanges) => unexpectedPages(pageCallsOf(exchanges), "start-index");

/**
 * Returns the requests for pages that no response pointed to. After a failed call, the failure was read as a page (`fail-as-success`);
 * otherwise the index was invented (`start-index`).
 */
export function unexpectedPages(lists: readonly (readonly PageCall[])[], rule: RuleName): Violation[] {
  return lists.flatMap((pages) => {
    const pointedTo = new Set([0]);
    let before: PageCall | undefined;
    return pages.flatMap((page): Violation[] => {
      const wasFailure = before?.result === "failure" && before.startIndex !== page.startIndex;
      const isUnexpected = !pointedTo.has(page.startIndex);
      const found = isUnexpected && wasFailure === (rule === "fail-as-success") ? [violation(rule, page, before)] : [];
      if (typeof page.result === "object") pointedTo.add(page.result.next);
      before = page;
      return found;
    });
  });
}

function violation(rule: RuleName, page: PageCall, before: PageCall | undefined): Violation {
  const isFailure = rule === "fail-as-success";
  const { start, next } = page.paging;
  return {
    side: "request",
    rule,
    call: page.call,
    operation: page.operation,
    in: "body",
    pointer: `/${start}`,
    message: isFailure
      ? `/${start} is ${page.startIndex} although call ${before?.call} for page ${before?.startIndex} failed with HTTP 200 and an ErrorCode other than 0`
      : `/${start} must be ${expected(before, next)}, but is ${page.startIndex}`,
    fix: isFailure
      ? "Read ErrorCode before the other fields. Request the failed page again, or stop."
      : `Begin with 0, then send the ${next} of the last page unchanged.`,
    docs: docsOf(page.operation),
  };
}

function expected(before: PageCall | undefined, next: string): string {
  if (typeof before?.result === "object") return `0 or ${before.result.next}, the ${next} of call ${before.call}`;
  if (before?.result === "last page") return `0, as call ${before.call} got the last page`;
  return `0, as no page before it has a ${next}`;
}

/** Reports a failure in HTTP 200 that was read as a page: the next call requests a page that no response pointed to. */
export const failAsSuccess: JudgeRule = (exchanges) => unexpectedPages(pageCallsOf(exchanges), "fail-as-success");

/** Reports an incomplete page after which neither the next page was requested nor a last page received. */
export const unfinishedPagination: JudgeRule = (exchanges) =>
  pageCallsOf(exchanges).flatMap((pages) =>
    pages.flatMap(({ call, operation, paging, result }, place): Violation[] => {
      if (typeof result !== "object") return [];
      const later = pages.slice(place + 1);
      if (later.some((page) => page.startIndex === result.next || page.result === "last page")) return [];
      return [
        {
          side: "request",
          rule: "unfinished-pagination",
          call,
          operation,
          in: "sequence",
          pointer: "",
          message: `The response has ${paging.complete} 0, but the page at ${paging.start} ${result.next} was never requested`,
          fix: `Request ${paging.next} until ${paging.complete} is 1. If you do not need the rest, ignore this rule.`,
          docs: docsOf(operation),
        },
      ];
    }),
  );
