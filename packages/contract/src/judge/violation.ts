import type { Exchange } from "../record/exchange.ts";

/** Something that the code under test did wrong. */
export interface Violation {
  /** Name of the rule, as `ignore` takes it. */
  readonly rule: RuleName;
  /** `index` of the exchange. */
  readonly call: number;
  readonly operation: string | undefined;
  readonly in: "path" | "method" | "query" | "body" | "sequence";
  /** JSON pointer inside the query or the body; empty for the whole request. */
  readonly pointer: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** What to change. */
  readonly fix: string;
  /** The document that says so. */
  readonly docs: string;
}

export type RuleName =
  | "schema"
  | "utf8-bytes"
  | "id-by-type"
  | "random-repeated"
  | "start-index"
  | "unfinished-pull"
  | "fail-as-success"
  | "retry-advice"
  | "call-rate";

/** Looks at a whole recording, in the order of its calls. */
export type Rule = (exchanges: readonly Exchange[]) => readonly Violation[];
