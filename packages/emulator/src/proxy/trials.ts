/** Runs of a call in the shadow, compared with the service's response. */
import type { Settings } from "../settings.ts";
import { assumptionsOf, type KnownAccounts } from "./assumptions.ts";
import { isCodeOfRequest, isOfRequest } from "./codes.ts";
import { compareBodies, type Difference, isAboutState, walk } from "./differences.ts";
import type { ObservedCall } from "./observed-call.ts";
import { type RuleId, rules } from "../rules.ts";
import { parseJson } from "@contact-groups/core/json";
import type { Outcome, Shadow, ShadowCall, UserImage } from "./shadow.ts";

/** A call and the service's response to it. */
export interface ComparedCall {
  readonly call: ObservedCall;
  readonly shadowCall: ShadowCall;
  readonly code: number;
  /** JSON of the service's response. */
  readonly body: unknown;
  readonly isUserSeen: boolean;
  readonly certain: KnownAccounts;
  /** Whether the user's state is known. Otherwise only what the request alone decides is compared. */
  readonly isStateKnown: boolean;
  /** What was found of each of the emulator's bodies: most settings lead to the same one. */
  readonly judged: Map<string, Judgement>;
}

/** What the emulator's response is, next to the service's. */
export interface Judgement {
  /** JSON of the emulator's response. */
  readonly body: unknown;
  readonly differences: readonly Difference[];
  /** Whether the outcome depends on a state that is not known, so that it proves nothing. */
  readonly isOpen: boolean;
}

/** The result of a run. */
export interface Trial extends Judgement {
  readonly outcome: Outcome;
}

const noneCertain: KnownAccounts = new Map();

/** Runs a call with these settings from this state, under each assumption that the service's response allows. */
export function tryCall(compared: ComparedCall, settings: Settings, image: UserImage, shadow: Shadow): Trial {
  const { call, body, isUserSeen } = compared;
  const certain = settings.accounts === "strict" ? compared.certain : noneCertain;
  let best: Trial | undefined;
  for (const assumption of assumptionsOf({ call, body, isUserSeen, certain })) {
    const outcome = shadow.run(compared.shadowCall, settings, image, assumption);
    const { judged } = compared;
    const text = outcome.response.body;
    const judgement = judged.get(text) ?? judge(compared, outcome);
    judged.set(text, judgement);
    const trial = { outcome, ...judgement };
    if (trial.differences.length === 0) return trial;
    if (!best || weightOf(trial) < weightOf(best)) best = trial;
  }
  return best!;
}

function judge({ call: { operation }, code, body, isStateKnown }: ComparedCall, { response }: Outcome): Judgement {
  const found = parseJson(response.body);
  const isDecided = isOfRequest(response.rule, operation) && response.code !== 0;
  if (isStateKnown || isDecided) return { body: found, differences: compareBodies(body, found), isOpen: false };
  // A code that only a rule about the request has cannot come from the state.
  const differences = isCodeOfRequest(code, operation) ? compareBodies(body, found) : [];
  return { body: found, differences, isOpen: differences.length === 0 };
}

/** Whether the emulator did what the service did, though the form of its response, an order or a time can differ. No setting changes these. */
export function isMatch({ differences }: Trial): boolean {
  return !differences.some(isAboutState);
}

/** One difference about what happened outweighs any number of others. */
function weightOf({ differences }: Trial): number {
  return differences.filter(isAboutState).length * 10_000 + differences.length;
}

const known: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

/** Returns the rule that decided about a call, then those that decided about its conversations. */
export function rulesOf({ outcome, body }: Trial): readonly RuleId[] {
  const found = new Set<RuleId>([outcome.response.rule]);
  walk(body, (item) => {
    const rule = ruleOfText(item["ResultInfo"]);
    if (rule) found.add(rule);
  });
  return [...found];
}

/** Returns the rule of a difference: of the conversation that it is about, or of the call. */
export function ruleOf({ pointer, kind }: Difference, { outcome, body }: Trial): RuleId {
  if (kind === "time") return "state.timestamp";
  let at: unknown = body;
  let rule: RuleId | undefined;
  for (const name of pointer.split("/").slice(1)) {
    at = at === null || typeof at !== "object" ? undefined : (at as Record<string, unknown>)[name];
    if (at !== null && typeof at === "object") rule = ruleOfText((at as Record<string, unknown>)["ResultInfo"]) ?? rule;
  }
  return rule ?? outcome.response.rule;
}

/** The emulator's texts name the rule in brackets. */
function ruleOfText(text: unknown): RuleId | undefined {
  const [, rule = ""] = typeof text === "string" ? (/\[([a-z.-]+)\]/.exec(text) ?? []) : [];
  return known.has(rule) ? (rule as RuleId) : undefined;
}
