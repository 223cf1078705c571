import { docsOf } from "../operations.ts";
import { type PageCall, pullsOf } from "./pulls.ts";
import type { Rule, RuleName, Violation } from "./violation.ts";

/** A page that no answer pointed to, for its list: neither the first nor where an incomplete page before it says that the next one begins. */
export const startIndex: Rule = (exchanges) => strayPages(pullsOf(exchanges), "start-index");

/**
 * The pages asked for although no answer pointed to them. After a FAIL it means that the failure was read as a page (`fail-as-success`),
 * otherwise that the index was made up (`start-index`).
 */
export function strayPages(pulls: readonly (readonly PageCall[])[], rule: RuleName): Violation[] {
  return pulls.flatMap((pages) => {
    const pointedTo = new Set([0]);
    let before: PageCall | undefined;
    return pages.flatMap((page): Violation[] => {
      const wasFailure = before?.told === "failure" && before.startIndex !== page.startIndex;
      const isStray = !pointedTo.has(page.startIndex);
      const found = isStray && wasFailure === (rule === "fail-as-success") ? [violation(rule, page, before)] : [];
      if (typeof page.told === "object") pointedTo.add(page.told.next);
      before = page;
      return found;
    });
  });
}

function violation(rule: RuleName, page: PageCall, before: PageCall | undefined): Violation {
  const isFailure = rule === "fail-as-success";
  const { start, next } = page.paging;
  return {
    rule,
    call: page.call,
    operation: page.operation,
    in: "body",
    pointer: `/${start}`,
    message: isFailure
      ? `/${start} goes on to ${page.startIndex} although call ${before?.call} for page ${before?.startIndex} failed with HTTP 200 and ActionStatus FAIL`
      : `/${start} must be ${expected(before, next)}, but is ${page.startIndex}`,
    fix: isFailure
      ? "Read ActionStatus before anything else of the body. Ask for the failed page again, or give up."
      : `Begin with 0, then send the ${next} of the last page as it is.`,
    docs: docsOf(page.operation),
  };
}

function expected(before: PageCall | undefined, next: string): string {
  if (typeof before?.told === "object") return `0 or ${before.told.next}, the ${next} of call ${before.call}`;
  if (before?.told === "last page") return `0, as call ${before.call} got the last page`;
  return `0, as no page before it has a ${next}`;
}
