import { docsOf } from "../operations.ts";
import type { Exchange, Problem } from "../record/exchange.ts";
import type { Rule, RuleName, Violation } from "./violation.ts";

/** Rules of the description that the two rules beside this one take over, to explain them better. */
const explainedElsewhere: ReadonlySet<string> = new Set(["x-maxBytes", "oneOf"]);

/** Everything that Prism or the service's gate refuses, but for what has a rule of its own. */
export const schema: Rule = (exchanges) =>
  problemsOf(
    exchanges,
    ({ rule }) => !explainedElsewhere.has(rule),
    "schema",
    ({ rule, in: place }) => {
      if (rule === "syntax" || rule === "size") return "Send one JSON object, whole, in UTF-8.";
      if (place === "path" || place === "method") return "Call one of the paths above with its method.";
      if (rule === "required") return "Send it with every call; its name is case-sensitive.";
      if (rule === "additionalProperties") return "Remove the field, or correct its name, which is case-sensitive.";
      if (place === "query") return "Correct the query parameter; its name and its value are case-sensitive.";
      return "Send a value that the schema allows.";
    },
  );

/** Makes a violation of each problem that is chosen. */
export function problemsOf(
  exchanges: readonly Exchange[],
  choose: (problem: Problem) => boolean,
  rule: RuleName,
  fix: (problem: Problem) => string,
): Violation[] {
  return exchanges.flatMap(({ index, operation, problems }) =>
    problems.filter(choose).map((problem) => ({
      rule,
      call: index,
      operation,
      in: problem.in,
      pointer: problem.pointer,
      message: problem.text,
      fix: fix(problem),
      docs: docsOf(operation),
    })),
  );
}

/** A conversation has the id of the other `Type`, both ids, or none: each `Type` is a branch of a `oneOf` with its own id. */
export const idByType: Rule = (exchanges) =>
  problemsOf(
    exchanges,
    ({ rule }) => rule === "oneOf",
    "id-by-type",
    () => "Send exactly the id that belongs to the Type.",
  );

/** A text is over its limit in UTF-8 bytes, which JSON Schema, and so Prism, can't say. */
export const utf8Bytes: Rule = (exchanges) =>
  problemsOf(
    exchanges,
    ({ rule }) => rule === "x-maxBytes",
    "utf8-bytes",
    () => "Count bytes, not characters: new TextEncoder().encode(text).length.",
  );
