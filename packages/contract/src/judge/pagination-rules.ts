/** Rules about pagination. */
import { appName, docsOf, type PagingFields } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { endOf, isConcurrent, operationOf, writesIn } from "./identity.ts";
import type { JudgeRule, RuleName, Violation } from "./violation.ts";

/** A valid request for a page. */
export interface PageCall {
  readonly exchange: Exchange;
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
    const paging = operationOf(exchange)?.paging;
    if (!paging || violations.length > 0) continue;
    const { [paging.start]: start, ...list } = fields(request.body);
    const key = JSON.stringify([operation, request.query[appName], Object.entries(list).toSorted()]);
    const own = byList.get(key) ?? [];
    own.push({ exchange, paging, startIndex: Number(start), result: resultOf(exchange.response, paging) });
    byList.set(key, own);
  }
  return [...byList.values()];
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

function violation(
  rule: RuleName,
  { exchange: { index: call, operation }, paging: { start } }: PageCall,
  message: string,
  fix: string,
): Violation {
  const place = rule === "unfinished-pagination" || rule === "endless-pagination";
  return {
    side: "request",
    rule,
    call,
    operation,
    in: place ? "sequence" : "body",
    pointer: place ? "" : `/${start}`,
    message,
    fix,
    docs: docsOf(operation),
  };
}

/**
 * Reports a start index that is neither 0, nor the next index of an earlier page of the list, nor one of `startIndexes`; and the index of the page
 * that was just received, although it is not the last one and the next one is never requested.
 */
export const startIndex: JudgeRule = (exchanges, { startIndexes = [] }) => {
  const lists = pageCallsOf(exchanges);
  return [...unexpectedPages(lists, "start-index", startIndexes), ...lists.flatMap((pages) => samePages(pages).found)];
};

/** Reports a failure in HTTP 200 that was read as a page: the next call requests a page that no response pointed to. */
export const failAsSuccess: JudgeRule = (exchanges, { startIndexes = [] }) =>
  unexpectedPages(pageCallsOf(exchanges), "fail-as-success", startIndexes);

/**
 * Returns the requests for pages that no response pointed to. After a failed call, the failure was read as a page (`fail-as-success`);
 * otherwise the index was invented (`start-index`).
 */
function unexpectedPages(
  lists: readonly (readonly PageCall[])[],
  rule: "start-index" | "fail-as-success",
  startIndexes: readonly number[],
): Violation[] {
  return lists.flatMap((pages) => {
    const pointedTo = new Set([0, ...startIndexes]);
    let before: PageCall | undefined;
    return pages.flatMap((page): Violation[] => {
      const wasFailure = before?.result === "failure" && before.startIndex !== page.startIndex;
      const isUnexpected = !pointedTo.has(page.startIndex) && wasFailure === (rule === "fail-as-success");
      const found = isUnexpected ? [unexpected(rule, page, before)] : [];
      if (typeof page.result === "object") pointedTo.add(page.result.next);
      before = page;
      return found;
    });
  });
}

function unexpected(rule: RuleName, page: PageCall, before: PageCall | undefined): Violation {
  const { start, next } = page.paging;
  if (rule === "fail-as-success")
    return violation(
      rule,
      page,
      `/${start} is ${page.startIndex} although call ${before?.exchange.index} for page ${before?.startIndex} failed with HTTP 200 and an ErrorCode other than 0`,
      "Read ErrorCode before the other fields. Request the failed page again, or stop.",
    );
  return violation(
    rule,
    page,
    `/${start} must be ${expected(before, next)}, but is ${page.startIndex}`,
    `Begin with 0, then send the ${next} of the last page unchanged. Name an index that was stored before in the option startIndexes.`,
  );
}

function expected(before: PageCall | undefined, next: string): string {
  const call = `call ${before?.exchange.index}`;
  if (typeof before?.result === "object") return `0 or ${before.result.next}, the ${next} of ${call}`;
  if (before?.result === "last page") return `0, as ${call} got the last page`;
  return `0, as no page before it has a ${next}`;
}

/** Whether a page was requested after the response to another one, in the same step of the test. */
function follows(before: PageCall, page: PageCall): boolean {
  return before.exchange.step === page.exchange.step && !isConcurrent(before.exchange, page.exchange);
}

/** Returns the place of the last request for each page. */
function lastRequestsOf(pages: readonly PageCall[]): ReadonlyMap<number, number> {
  return new Map(pages.map((page, place) => [page.startIndex, place]));
}

/** A page that is received this often in a row is one that the loop never leaves. Who reads only the first page reads it less often. */
const mostSamePages = 3;

/**
 * Finds pages that are requested again right after they were received, although there is a next one that is never requested: the index never
 * advances. It shows when the list then seems complete, or when the page is received three times in a row.
 */
function samePages(pages: readonly PageCall[]): { readonly found: Violation[]; readonly calls: ReadonlySet<number> } {
  const found: Violation[] = [];
  const calls = new Set<number>();
  const lastRequest = lastRequestsOf(pages);
  let inRow = 1;
  for (const [place, page] of pages.entries()) {
    const before = pages[place - 1];
    const result = before?.result;
    const isSame =
      before !== undefined &&
      typeof result === "object" &&
      before.startIndex === page.startIndex &&
      follows(before, page) &&
      (lastRequest.get(result.next) ?? -1) < place;
    inRow = isSame ? inRow + 1 : 1;
    if (!isSame || (page.result !== "last page" && inRow < mostSamePages)) continue;
    for (const one of pages.slice(place + 1 - Math.min(inRow, mostSamePages), place + 1)) calls.add(one.exchange.index);
    if (inRow > mostSamePages) continue;
    const { start, next, complete } = page.paging;
    found.push(
      violation(
        "start-index",
        page,
        `/${start} must be ${result.next}, the ${next} of call ${before.exchange.index}, but is ${page.startIndex} again`,
        `Send the ${next} of each page as the ${start} of the next request, until ${complete} is 1.`,
      ),
    );
  }
  return { found, calls };
}

/** Reports an incomplete page after which neither the next page was requested nor a last page received. */
export const unfinishedPagination: JudgeRule = (exchanges) =>
  pageCallsOf(exchanges).flatMap((pages) => {
    const reported = samePages(pages).calls;
    const lastRequest = lastRequestsOf(pages);
    const lastComplete = pages.findLastIndex(({ result }) => result === "last page");
    return pages.flatMap((page, place): Violation[] => {
      const { exchange, paging, result } = page;
      if (typeof result !== "object" || reported.has(exchange.index)) return [];
      if (lastComplete > place || (lastRequest.get(result.next) ?? -1) > place) return [];
      return [
        violation(
          "unfinished-pagination",
          page,
          `The response has ${paging.complete} 0, but the page at ${paging.start} ${result.next} was never requested`,
          `Request ${paging.next} until ${paging.complete} is 1. If you do not need the rest, ignore this rule.`,
        ),
      ];
    });
  });

/** Maximum number of times that a whole list is read in a row. A test that looks at a list after each of its actions plans or writes in between. */
const mostReadings = 5;

/** A list that is read again later than this after its last page is polled. */
const pollMs = 1000;

/**
 * Reports the request that begins to read a list for the sixth time in a row, each within a second after the last page of the reading before,
 * in one step of the test, without a write for the same user in between: the loop does not stop at the last page. Readings at the same time
 * do not count.
 */
export const endlessPagination: JudgeRule = (exchanges) => {
  const wasWritten = writesIn(exchanges);
  return pageCallsOf(exchanges).flatMap((pages) => {
    let readings = 1;
    return pages.flatMap((page, place): Violation[] => {
      const before = pages[place - 1];
      if (!before || before.result !== "last page") {
        if (before && !follows(before, page)) readings = 1;
        return [];
      }
      const isAgain =
        follows(before, page) &&
        page.exchange.startedAt - endOf(before.exchange) <= pollMs &&
        !wasWritten(before.exchange, page.exchange);
      readings = isAgain ? readings + 1 : 1;
      if (readings !== mostReadings + 1) return [];
      const { start, complete } = page.paging;
      return [
        violation(
          "endless-pagination",
          page,
          `Call ${before.exchange.index} got the last page, and the list was read ${mostReadings} times in a row, but ${start} ${page.startIndex} is requested once more`,
          `Stop when ${complete} is 1.`,
        ),
      ];
    });
  });
};
