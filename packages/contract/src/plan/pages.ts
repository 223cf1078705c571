/** The pages among planned responses: each is sent only to a request for its own start. */
import type { ApiOperation } from "../operations.ts";
import { codeOf, type Plan } from "../response.ts";

/** A planned response, and what it is as a page. */
export interface PlannedPage {
  readonly plan: Plan;
  /** The start that a request must have to get it. Undefined for a response that is no page, and for a page of any start. */
  readonly start: number | undefined;
  /** The start of the page after this one; undefined for a response that is no page. */
  readonly next: number | "none" | undefined;
}

/**
 * Finds the pages of a list. The first page has this start, each other the `NextStartIndex` of the page before, and after a last page the
 * list begins again. A page that is cut off is planned again for the same start, as it is requested again.
 */
export function toPages(
  { paging }: ApiOperation,
  plans: readonly Plan[],
  first: number | undefined,
): readonly PlannedPage[] {
  let start = first;
  return plans.map((plan) => {
    const body = plan.content && "body" in plan.content ? plan.content.body : undefined;
    if (!paging || codeOf(body) !== 0) return { plan, start: undefined, next: undefined };
    const page = body as Readonly<Record<string, unknown>>;
    const next = page[paging.complete] === 0 ? integer(page[paging.next]) : "none";
    const planned: PlannedPage = { plan, start, next };
    if (plan.truncate === undefined) start = next === "none" ? first : next;
    return planned;
  });
}

/** Returns the start that a request asks for: 0 when it has none. */
export function startOf({ paging }: ApiOperation, body: unknown): number {
  return paging ? integer((Object(body) as Readonly<Record<string, unknown>>)[paging.start]) : 0;
}

function integer(value: unknown): number {
  return Number.isInteger(value) ? (value as number) : 0;
}

/** How often the same page of an endless plan is sent in a row to the same reader. The next time, it gets a failure. */
export const mostRepeats = 20;

/** Maximum number of readers that are counted at a time. */
const mostReaders = 1000;

/** Counts how often each reader requests the same page in a row. */
export function createReaders({ paging }: ApiOperation): { count(body: unknown): number } {
  const readers = new Map<string, { readonly start: unknown; readonly times: number }>();
  return {
    count(body) {
      if (!paging) return 1;
      const { [paging.start]: start, ...others } = Object(body) as Readonly<Record<string, unknown>>;
      const reader = JSON.stringify(others);
      const before = readers.get(reader);
      const times = before && before.start === start ? before.times + 1 : 1;
      if (!before && readers.size >= mostReaders) readers.clear();
      readers.set(reader, { start, times });
      return times;
    },
  };
}
