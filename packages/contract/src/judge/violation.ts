import { count, oneLine } from "../report/words.ts";
import type { MessageRule } from "../message-checks.ts";
import type { Exchange } from "../record/exchange.ts";

/** A rule that the consumer or the provider breaks. */
export interface Violation {
  /** Who breaks the rule: the consumer with its requests, or the provider with a response. */
  readonly side: "request" | "response";
  /** Name of the rule, as `ignore` accepts it. */
  readonly rule: RuleName;
  /** `index` of the exchange, in its session if there is one. */
  readonly call: number;
  /** Name of the session of the call, in the verdict of a contract; undefined for its own calls. */
  readonly session?: string;
  /** `operationId`; undefined when no operation has this path and method. */
  readonly operation: string | undefined;
  /** The part of the request or of the response, or `sequence` for a rule about several calls. */
  readonly in: "path" | "method" | "query" | "status" | "header" | "body" | "time" | "sequence";
  /** JSON pointer inside the query, the header fields or the body; empty for the whole. */
  readonly pointer: string;
  /** JSON pointers of the other places of the call that break the rule in the same way; undefined when there are none. */
  readonly also?: readonly string[];
  /** What was expected and what was found. */
  readonly message: string;
  /** What to change. */
  readonly fix: string;
  /** URL of the document that has the rule. */
  readonly docs: string;
}

/** Names of the rules, as the README lists them. */
export type RuleName =
  | "schema"
  | MessageRule
  | "status"
  | "utf8-bytes"
  | "id-by-type"
  | "credentials"
  | "placeholder"
  | "id-form"
  | "redundant"
  | "random-repeated"
  | "start-index"
  | "unfinished-pagination"
  | "fail-as-success"
  | "endless-pagination"
  | "item-failure"
  | "unknown-group"
  | "limit"
  | "caller-timeout"
  | "retry-advice"
  | "double-submit"
  | "call-rate"
  | "unused-plan";

/** What a rule is called with, next to the calls. */
export interface RuleOptions {
  /** Indexes that a pagination can begin with, next to 0. */
  readonly startIndexes?: readonly number[];
}

/** Returns the violations of a whole recording, in the order of its calls. */
export type JudgeRule = (exchanges: readonly Exchange[], options: RuleOptions) => readonly Violation[];

const longest = 10;

/** Writes violations for a terminal: the call, the rule, the place, what was expected and what to change. */
export function report(violations: readonly Violation[], calls: number): string {
  if (violations.length === 0) return `${count(calls, "call")}, no violation.`;
  const shown = violations.slice(0, longest).map((violation) => {
    const { call, session, operation = "no operation", in: place, pointer, rule, message, fix, docs } = violation;
    const named = session === undefined ? "" : `session ${session}, `;
    const where = place === "sequence" ? "" : `, ${place} ${oneLine(pointer)}`.trimEnd();
    return [
      `${named}call ${call} (${operation})${where} [${rule}]`,
      `  ${oneLine(message)}.`,
      `  Fix: ${fix}`,
      `  See: ${docs}`,
    ].join("\n");
  });
  const more = violations.length - shown.length;
  return [
    `${count(violations.length, "violation")} in ${count(calls, "call")}:`,
    ...shown,
    ...(more > 0 ? [`and ${more} more; violations() has all.`] : []),
  ].join("\n\n");
}
