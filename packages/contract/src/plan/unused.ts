/** Plans that no request used: the test did not test what it planned. */
import type { Violation } from "../judge/violation.ts";
import { type ApiOperation, docsOf } from "../operations.ts";
import type { PlannedPage } from "./pages.ts";
import type { PlannedResponse } from "./plan.ts";
import type { When } from "./when.ts";

/** A plan with responses that no request got. */
export interface UnusedPlan {
  readonly operation: ApiOperation;
  readonly when: When | undefined;
  /** How many of its responses were sent. */
  readonly used: number;
  /** How many were planned; undefined for one that is used over and over. */
  readonly planned: number | undefined;
  /** The next response. */
  readonly next: (PlannedPage & { readonly response: PlannedResponse }) | undefined;
}

/** Reports a plan as a violation after the last of these calls. */
export function unusedViolation({ operation, when, used, planned, next }: UnusedPlan, calls: number): Violation {
  const { operationId, paging } = operation;
  const start = next?.start === undefined ? "" : `, only for ${paging?.start} ${next.start}`;
  const condition =
    when === undefined ? "" : ` when ${typeof when === "function" ? "its function returns true" : shorten(when)}`;
  const counts =
    planned === undefined ? "no request used it" : `${used} of its ${planned} ${one(planned, "response")} used`;
  return {
    side: "request",
    rule: "unused-plan",
    call: Math.max(0, calls - 1),
    operation: operationId,
    in: "sequence",
    pointer: "",
    message: `A plan for ${operationId}${condition} was not used up: ${counts}. The next response is ${shorten(next?.response)}${start}`,
    fix: paging
      ? "Send the requests that the plan is for, or delete the plan. Plan the pages of one pagination as one list."
      : "Send the requests that the plan is for, or delete the plan.",
    docs: docsOf(operationId),
  };
}

const longest = 200;

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function one(count: number, noun: string): string {
  return count === 1 ? `${noun} was` : `${noun}s were`;
}
