import { InstructionError } from "../next/plan.ts";
import type { Exchange } from "../record/exchange.ts";
import { failAsSuccess, startIndex, unfinishedPull } from "./pagination-rules.ts";
import { idByType, schema, utf8Bytes } from "./schema-rules.ts";
import { callRate, randomRepeated, retryAdvice } from "./sequence-rules.ts";
import type { Rule, RuleName, Violation } from "./violation.ts";

/** Each rule, by the name that its violations carry and that `ignore` takes. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  schema,
  "utf8-bytes": utf8Bytes,
  "id-by-type": idByType,
  "random-repeated": randomRepeated,
  "start-index": startIndex,
  "unfinished-pull": unfinishedPull,
  "fail-as-success": failAsSuccess,
  "retry-advice": retryAdvice,
  "call-rate": callRate,
};

export interface JudgeOptions {
  /** Rules that are not applied. */
  readonly ignore?: readonly RuleName[];
  /**
   * Also what was wrong before the last `reset`, of which up to 1,000 violations are kept. The calls of a violation are numbered from 0 after
   * each reset.
   *
   * @default false
   */
  readonly sinceStart?: boolean;
}

/**
 * Judges the code that made these calls, by all rules but the ignored ones.
 *
 * @param exchanges One recording, in the order of its calls.
 * @returns The violations in the order of the calls.
 * @throws {InstructionError} when a rule to ignore does not exist.
 * @example
 * ```ts
 * for (const { call, pointer, message, fix } of judge(api.exchanges)) console.log(call, pointer, message, fix);
 * ```
 */
export function judge(exchanges: readonly Exchange[], { ignore = [] }: Pick<JudgeOptions, "ignore"> = {}): Violation[] {
  const names = Object.keys(rules) as RuleName[];
  for (const name of ignore) {
    if (!names.includes(name))
      throw new InstructionError(
        "/ignore",
        `ignore names the rules ${names.join(", ")}, but has ${JSON.stringify(name)}.`,
      );
  }
  return names
    .filter((name) => !ignore.includes(name))
    .flatMap((name) => rules[name](exchanges))
    .toSorted((one, other) => one.call - other.call);
}
