/** The findings of a report of `verify`. */
import type { Failure, ScenarioResult, VerifyReport } from "../verify/scenario.ts";
import { documentOf, type Finding, groupByCause, type Occurrence, withoutIndexes } from "./finding.ts";

/** Returns the findings of a report, grouped by their cause: what failed, what has no verdict, and what did not run. */
export function findingsOfReport({ results }: Pick<VerifyReport, "results">): Finding[] {
  return groupByCause(
    results.flatMap((result): Occurrence[] => {
      switch (result.outcome) {
        case "failed":
          return result.failures.map((failure) => fromFailure(result, failure));
        case "error":
          return [withoutVerdict("notJudged", result.because, about(result))];
        case "notRun":
          return [withoutVerdict("notRun", result.because, about(result))];
        default:
          return [];
      }
    }),
  );
}

/** Whether the rule is about what one scenario expects; all others are about the form that every response must have. */
export function isOfScenario({ rule }: Pick<Failure, "rule">): boolean {
  return rule === "error-code" || rule === "value";
}

function fromFailure({ id, basis }: ScenarioResult, failure: Failure): Occurrence {
  const { rule, step, operation, request, pointer, expected, got, why, sources, need } = failure;
  const isOwn = isOfScenario(failure);
  return {
    outcome: "failed",
    side: "response",
    rule,
    operation,
    pointer,
    message: sentence(failure),
    expectation: expected,
    received: got,
    why: isOwn ? why : "Consumers read every response in the form that the description has.",
    fix: fixOf(failure),
    documents: isOwn ? sources : [documentOf(operation)],
    // The form is documented, even where it is seen in a scenario whose behaviour is not.
    basis: isOwn ? basis : "documented",
    cause: causeOf(failure),
    at: { scenario: id, step, request },
    ...(need && { need }),
  };
}

/** Returns what all occurrences of one cause have in common. Values differ from run to run. */
function causeOf({ rule, operation, pointer, expected, got }: Failure): string {
  if (rule === "error-code") return `${expected} ${/^\S+ \S+/.exec(got)?.[0]}`;
  if (rule === "value") return `${operation} ${pointer === "" ? expected.replaceAll(/\d+/g, "#") : ""}`;
  return withoutIndexes(expected);
}

function sentence({ rule, pointer, expected, got }: Failure): string {
  const found = got === "nothing" ? "is missing" : /^(?:is|has) /.test(got) ? got : `is ${got}`;
  if (rule === "status") return `The response must have ${expected}, but has ${got}.`;
  if (isOfScenario({ rule })) return `${pointer || "The response"} must be ${expected}, but ${found}.`;
  return pointer !== "" && isRequirement(expected) ? `${expected}, but ${found}.` : `${expected}.`;
}

function fixOf({ rule, pointer, expected }: Failure): string {
  const place = withoutIndexes(pointer) || "the body";
  if (rule === "status") return "Send HTTP 200 with every response, and say in /ErrorCode whether the call succeeded.";
  if (rule === "error-code")
    return /^0\b/.test(expected) ? "Accept this request." : `Reject this request with ${expected}.`;
  if (rule === "value") return `Return ${place} as the scenario expects it: ${expected}.`;
  if (/\bis required$/.test(expected)) return `Send ${place} in every such response.`;
  const [, requirement] = /\bmust (.+)$/s.exec(expected) ?? [];
  return requirement === undefined ? `Correct ${place} in the response.` : `Change ${place}: it must ${requirement}.`;
}

function isRequirement(expected: string): boolean {
  return /\bmust\b|\bis required$/.test(expected);
}

function about({ id, need }: ScenarioResult): Pick<Occurrence, "at" | "need"> {
  return { at: { scenario: id }, ...(need && { need }) };
}

/** Returns what has no verdict, or did not run. */
export function withoutVerdict(
  outcome: "notRun" | "notJudged",
  because = "",
  of: Pick<Occurrence, "at" | "need"> = { at: {} },
): Occurrence {
  const isRun = outcome !== "notRun";
  return {
    outcome,
    side: "response",
    rule: isRun ? "not-judged" : "not-run",
    operation: undefined,
    pointer: "",
    message: `${isRun ? "Could not be judged" : "Did not run"}: ${because.replace(/\.$/, "")}.`,
    expectation: isRun ? "a response in time" : "that it runs",
    received: because,
    fix: isRun
      ? "Check the connection and everything between this machine and the provider, then try again."
      : "Give it what it needs, or leave it out with an option.",
    documents: [],
    basis: "documented",
    cause: because,
    ...of,
  };
}
