import { credentialChecks } from "../credentials.ts";
import { InstructionError } from "../plan/plan.ts";
import type { MessageRule } from "../message-checks.ts";
import { docsOf, entryOf } from "../operations.ts";
import type { Exchange, RecordedViolation } from "../record/exchange.ts";
import { idFixes, redundantFixes } from "../value-checks.ts";
import { fixOf, fixOfKind } from "./fix.ts";
import { faultsOf } from "./one-fault.ts";
import { messageFixes } from "./message-rules.ts";
import { afterUnknownUser, limit, unknownGroup } from "./group-rules.ts";
import { itemFailure } from "./item-rules.ts";
import { callerTimeout } from "./timeout-rule.ts";
import { endlessPagination, failAsSuccess, startIndex, unfinishedPagination } from "./pagination-rules.ts";
import { randomRepeated } from "./random-rule.ts";
import { callRate } from "./rate-rules.ts";
import { doubleSubmit, retryAdvice } from "./retry-rules.ts";
import type { JudgeRule, RuleName, Violation } from "./violation.ts";

const messageRules = Object.keys(messageFixes) as MessageRule[];

/** Rules with a name of their own, which have a better fix. */
const ofOtherRules: ReadonlySet<string> = new Set([
  "x-maxBytes",
  "oneOf",
  "placeholder",
  ...Object.keys(idFixes),
  ...Object.keys(redundantFixes),
  ...credentialChecks,
  ...messageRules,
]);

/** Reports everything that Prism or the service's request checks reject, except what has its own rule. */
const schema: JudgeRule = (exchanges) =>
  violationsOf(exchanges, ({ rule }) => !ofOtherRules.has(rule), "schema", fixOf);

/** Turns the selected violations of each exchange into violations of a rule. */
function violationsOf(
  exchanges: readonly Exchange[],
  choose: (violation: RecordedViolation) => boolean,
  rule: RuleName,
  fix: (violation: RecordedViolation, exchange: Exchange) => string,
): Violation[] {
  return exchanges.flatMap((exchange) =>
    faultsOf(exchange.violations)
      .filter(choose)
      .map((fault) => ({
        side: "request",
        rule,
        call: exchange.index,
        operation: exchange.operation,
        in: fault.in,
        pointer: fault.pointer,
        ...(fault.also.length > 0 && { also: fault.also }),
        message: fault.message,
        fix: fix(fault, exchange),
        docs: docsOf(exchange.operation),
      })),
  );
}

/** Reports a conversation with the id of the other `Type`, both ids, or none: each `Type` is a branch of a `oneOf` with its own id. */
const idByType: JudgeRule = (exchanges) =>
  violationsOf(exchanges, ({ rule }) => rule === "oneOf", "id-by-type", fixOfKind);

/** Reports credentials that the service rejects, when the contract server has the secret key of the app. */
const ofCredentials: JudgeRule = (exchanges) =>
  violationsOf(
    exchanges,
    ({ rule }) => credentialChecks.has(rule),
    "credentials",
    ({ code }) => entryOf(code)?.fix ?? "",
  );

/** Reports a value that was not set and became text. */
const placeholder: JudgeRule = (exchanges) =>
  violationsOf(
    exchanges,
    ({ rule }) => rule === "placeholder",
    "placeholder",
    () => "Set the value before the call, or leave the call out.",
  );

/** Reports values that the description allows and that no developer means. */
function valueRule(name: RuleName, fixes: Readonly<Record<string, string>>): JudgeRule {
  return (exchanges) =>
    violationsOf(
      exchanges,
      ({ rule }) => rule in fixes,
      name,
      ({ rule }) => fixes[rule] ?? "",
    );
}

/** Reports a text over its limit in UTF-8 bytes, which JSON Schema, and so Prism, cannot express. */
const utf8Bytes: JudgeRule = (exchanges) =>
  violationsOf(
    exchanges,
    ({ rule }) => rule === "x-maxBytes",
    "utf8-bytes",
    () => "Count bytes, not characters: new TextEncoder().encode(text).length.",
  );

const ofOtherResponseRules: ReadonlySet<string> = new Set(["status", ...messageRules]);

/** Reports what is wrong with the body of a response. */
const responseSchema: JudgeRule = (exchanges) =>
  responseViolationsOf(exchanges, "schema", (rule) => !ofOtherResponseRules.has(rule));

/** Reports what Prism does not see of a message, and what only Prism finds. */
function messageRule(name: MessageRule): JudgeRule {
  return (exchanges) => [
    ...violationsOf(
      exchanges,
      ({ rule }) => rule === name,
      name,
      () => messageFixes[name],
    ),
    ...responseViolationsOf(exchanges, name, (rule) => rule === name, messageFixes[name]),
  ];
}

/** Reports responses with a status that the service does not send. */
const status: JudgeRule = (exchanges) => responseViolationsOf(exchanges, "status", (rule) => rule === "status");

function responseViolationsOf(
  exchanges: readonly Exchange[],
  rule: RuleName,
  choose: (rule: string) => boolean,
  fix = "Correct the provider.",
): Violation[] {
  return exchanges.flatMap(({ index, operation, response }) =>
    response.violations
      .filter((violation) => choose(violation.rule))
      .map((violation) => ({
        side: "response",
        rule,
        call: index,
        operation,
        in: violation.in,
        pointer: violation.pointer,
        message: violation.message,
        fix,
        docs: docsOf(operation),
      })),
  );
}

/** The rules by the names that `Violation.rule` and `ignore` use. */
export const rules: Readonly<Record<RuleName, JudgeRule>> = {
  schema: (exchanges, options) => [...schema(exchanges, options), ...responseSchema(exchanges, options)],
  status,
  ...(Object.fromEntries(messageRules.map((name) => [name, messageRule(name)])) as Record<MessageRule, JudgeRule>),
  "utf8-bytes": utf8Bytes,
  "id-by-type": idByType,
  credentials: ofCredentials,
  placeholder,
  "id-form": valueRule("id-form", idFixes),
  redundant: valueRule("redundant", redundantFixes),
  "random-repeated": randomRepeated,
  "start-index": startIndex,
  "unfinished-pagination": unfinishedPagination,
  "fail-as-success": (exchanges, options) => [
    ...failAsSuccess(exchanges, options),
    ...afterUnknownUser(exchanges, options),
  ],
  "item-failure": itemFailure,
  "unknown-group": unknownGroup,
  limit,
  "caller-timeout": callerTimeout,
  "endless-pagination": endlessPagination,
  "retry-advice": retryAdvice,
  "double-submit": doubleSubmit,
  "call-rate": callRate,
  // Only a contract knows its plans.
  "unused-plan": () => [],
};

/** Options of `judge`, `violations` and `assertValid`. */
export interface JudgeOptions {
  /**
   * Rules to ignore.
   *
   * @default []
   */
  readonly ignore?: readonly RuleName[];
  /**
   * Includes the violations before the last `reset`, of which up to 1,000 of each rule are kept, and those of all sessions of the contract. Calls are
   * numbered from 0 after each reset. `judge` ignores this option.
   *
   * @default false
   */
  readonly sinceStart?: boolean;
  /**
   * Whose violations are reported. The responses of a contract server are its own or planned by the test, so they are no violations of the
   * code under test.
   *
   * @default ["request"]
   */
  readonly sides?: readonly Violation["side"][];
  /**
   * Start indexes, next to 0, that a pagination can begin with, such as one that the code under test stored before. It does not apply to calls
   * before the last `reset`.
   *
   * @default []
   */
  readonly startIndexes?: readonly number[];
  /**
   * Indexes of calls that begin another step of the test, as `plan` does: the same request after a failure is then another action of the user, not a
   * retry. It does not apply to calls before the last `reset`.
   *
   * @default []
   * @example
   * ```ts
   * await save();
   * const again = api.exchanges.length;
   * await save();
   * api.assertValid({ steps: [again] });
   * ```
   */
  readonly steps?: readonly number[];
}

/**
 * Returns the rules that the code under test breaks with its calls.
 *
 * @param exchanges One recording, in the order of its calls.
 * @param options Rules to ignore, and whose violations are reported.
 * @returns The violations, in the order of the calls.
 * @throws {InstructionError} when `ignore` has an unknown rule.
 * @example
 * ```ts
 * for (const { call, pointer, message, fix } of judge(api.exchanges)) console.log(call, pointer, message, fix);
 * ```
 */
export function judge(
  exchanges: readonly Exchange[],
  { ignore = [], sides = ["request"], steps = [], startIndexes = [] }: Omit<JudgeOptions, "sinceStart"> = {},
): Violation[] {
  const names = Object.keys(rules) as RuleName[];
  for (const name of ignore) {
    if (!names.includes(name))
      throw new InstructionError(
        "/ignore",
        `ignore must have names of rules (${names.join(", ")}), but has ${JSON.stringify(name)}.`,
      );
  }
  const calls = steps.length === 0 ? exchanges : exchanges.map((exchange) => inStep(exchange, steps));
  return names
    .filter((name) => !ignore.includes(name))
    .flatMap((name) => rules[name](calls, { startIndexes }))
    .filter(({ side }) => sides.includes(side))
    .toSorted((one, other) => one.call - other.call);
}

/** Returns a call with a number of its step that counts the additional steps, too. */
function inStep(exchange: Exchange, steps: readonly number[]): Exchange {
  return {
    ...exchange,
    step: exchange.step * (steps.length + 1) + steps.filter((index) => index <= exchange.index).length,
  };
}
