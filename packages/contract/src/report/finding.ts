/** What a report lists: one finding for each cause, whichever command found it. */
import { createHash } from "node:crypto";
import { groupBy } from "../group-by.ts";
import type { Violation } from "../judge/violation.ts";
import { docsOf, type SourceDocument } from "../operations.ts";
import type { Basis, Need } from "../verify/scenario.ts";

/** A cause that a person can act on. It may have occurred many times. */
export interface Finding {
  /** Stays the same from run to run: neither values nor list indexes nor numbers of calls are part of it. */
  readonly fingerprint: string;
  /** `failed`: a rule is broken. `notRun`: something that was selected did not run. `notJudged`: there is no verdict. */
  readonly outcome: "failed" | "notRun" | "notJudged";
  /** Who must act: the consumer with its requests, or the provider with its responses. */
  readonly side: Violation["side"];
  /** Name of the broken rule; `error-code` or `value` when a response is not the one that a scenario expects. */
  readonly rule: string;
  /** `operationId` of every operation with this finding. */
  readonly operations: readonly string[];
  /** JSON pointer with `*` for each list index; empty for the whole. */
  readonly pointer: string;
  /** What is wrong, as one sentence, at the first occurrence. */
  readonly message: string;
  /** What was expected. */
  readonly expectation: string;
  /** What was received at the first occurrence: JSON, or a text. */
  readonly received: string;
  /** Why it matters to a caller. */
  readonly why?: string;
  /** What to change. */
  readonly fix: string;
  readonly documents: readonly Partial<SourceDocument>[];
  readonly basis: Basis;
  /** Number of occurrences. */
  readonly count: number;
  /** IDs of the scenarios with this finding; empty for recorded calls. */
  readonly scenarios: readonly string[];
  /** Numbers of the calls with this finding; empty for scenarios. */
  readonly calls: readonly number[];
  readonly first: FirstOccurrence;
  /** Its place in the baseline: in it, not in it, or in it for fewer scenarios or operations. Undefined without a baseline. */
  readonly state?: "known" | "new" | "changed";
  /** Whether the consumer needs it, and why. Undefined without a recording of a consumer. */
  readonly need?: Need;
}

/** Whether a recording of the consumer shows that it does not use what is wrong. */
export function isUnused({ need }: Pick<Finding, "need">): boolean {
  return need?.isNeeded === false;
}

/** Where a finding occurred first. */
export interface FirstOccurrence {
  readonly scenario?: string;
  /** Step of the scenario, from 1. */
  readonly step?: number;
  /** Number of the call. */
  readonly call?: number;
  /** Name of the session of the call. */
  readonly session?: string;
  /** The request as a shell command, without credentials. */
  readonly request?: string;
}

/** One occurrence of a finding. */
export interface Occurrence extends Omit<
  Finding,
  "fingerprint" | "operations" | "count" | "scenarios" | "calls" | "first"
> {
  readonly operation: string | undefined;
  /** What distinguishes the cause from others of the same rule and pointer. */
  readonly cause: string;
  readonly at: FirstOccurrence;
}

const outcomes: readonly Finding["outcome"][] = ["failed", "notJudged", "notRun"];

/** Groups occurrences by their cause: what failed first, then the most frequent first. */
export function groupByCause(occurrences: readonly Occurrence[]): Finding[] {
  const groups = groupBy(occurrences, ({ outcome, side, rule, pointer, basis, cause }) =>
    JSON.stringify([outcome, side, rule, withoutIndexes(pointer), basis, cause]),
  );
  return [...groups]
    .map(([key, group]) => toFinding(key, group))
    .toSorted(
      (one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome) || other.count - one.count,
    );
}

function toFinding(key: string, group: readonly Occurrence[]): Finding {
  const first = group.find(({ need }) => need?.isNeeded) ?? group[0];
  if (!first) throw new Error("A group has no occurrence.");
  const { operation: _, cause: __, at, pointer, ...rest } = first;
  return {
    fingerprint: createHash("sha256").update(key).digest("hex").slice(0, 16),
    ...rest,
    operations: unique(group.flatMap(({ operation }) => operation ?? [])),
    pointer: withoutIndexes(pointer),
    count: group.length,
    scenarios: unique(group.flatMap(({ at: { scenario } }) => scenario ?? [])),
    calls: unique(group.flatMap(({ at: { call } }) => call ?? [])),
    first: at,
  };
}

/**
 * Returns the findings of violations, grouped by their cause.
 *
 * @param violations Violations of `judge`, of both sides.
 */
export function findingsOfViolations(violations: readonly Violation[]): Finding[] {
  return groupByCause(
    violations.flatMap(
      ({ side, rule, call, session, operation, in: place, pointer, also = [], message, fix, docs }) => {
        const [expectation, received] = splitMessage(message);
        return [pointer, ...also].map((one): Occurrence => ({
          outcome: "failed",
          side,
          rule,
          operation,
          pointer: one,
          message: `${message}.`,
          expectation: withoutIndexes(expectation),
          received,
          fix,
          documents: [{ url: docs }],
          basis: "documented",
          cause: `${place} ${withoutNumbers(withoutIndexes(expectation))}`,
          at: { call, ...(session !== undefined && { session }) },
        }));
      },
    ),
  );
}

/** Returns the document of an operation as findings have it. */
export function documentOf(operation: string | undefined): Partial<SourceDocument> {
  return { url: docsOf(operation) };
}

/** Splits the message of a violation into what was expected and what was found: `/Type must be 1 or 2` and `3`. */
export function splitMessage(message: string): [expectation: string, received: string] {
  const at = message.lastIndexOf(", but ");
  if (at < 0) return [message, ""];
  const found = message.slice(at + ", but ".length).replace(/ \(and \d+ more places?\)$/, "");
  return [message.slice(0, at), found === "is missing" ? "nothing" : found.replace(/^is /, "")];
}

/** Replaces the list indexes of JSON pointers in a text: every index becomes `*`. */
export function withoutIndexes(text: string): string {
  return text.replaceAll(/(?<=\/[^\s/]+)\/\d+(?![^\s/])/g, "/*");
}

/** Replaces numbers that differ from run to run, such as those of calls. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, "#");
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
