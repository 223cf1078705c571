/** Reads a recording as pulls of pages. */
import type { CredentialParameter } from "@contact-groups/openapi/model";
import { docsOf, operations, type Paging } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import type { Rule, RuleName, Violation } from "./violation.ts";

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

/** A FAIL body in HTTP 200 was read as a page: after it, the next call goes on to a page that no answer pointed to. */
export const failAsSuccess: Rule = (exchanges) => strayPages(pullsOf(exchanges), "fail-as-success");

/** An incomplete page after which the owner's next page was never asked for, nor a last page got. */
export const unfinishedPull: Rule = (exchanges) =>
  pullsOf(exchanges).flatMap((pages) =>
    pages.flatMap(({ call, operation, paging, told }, place): Violation[] => {
      if (typeof told !== "object") return [];
      const later = pages.slice(place + 1);
      if (later.some((page) => page.startIndex === told.next || page.told === "last page")) return [];
      return [
        {
          rule: "unfinished-pull",
          call,
          operation,
          in: "sequence",
          pointer: "",
          message: `The answer has ${paging.complete} 0, but the page at ${paging.start} ${told.next} was never asked for`,
          fix: `Go on with ${paging.next} until ${paging.complete} is 1. If the rest is not wanted, ignore this rule.`,
          docs: docsOf(operation),
        },
      ];
    }),
  );
