/** What a compared call says about the rules and their settings. */
import { type RuleId, rules } from "../rules.ts";
import { choices, defaultSettings, type Settings } from "../settings.ts";
import { type Change, learned } from "./alternatives.ts";
import { type Difference, isAboutState, isMembers } from "./differences.ts";
import type { Explanation } from "./explain.ts";
import type { Findings } from "./findings.ts";
import { pageOf } from "./learned-state.ts";
import { type ComparedCall, isMatch, ruleOf, rulesOf, type Trial } from "./trials.ts";
import type { UserKnowledge } from "./user-knowledge.ts";

/** Notes evidence in findings. */
export interface Evidence {
  /** Counts the rules that the service followed, and the readings of settings that the call excluded. */
  agree(
    compared: ComparedCall,
    runs: { readonly main: Trial; readonly singles: readonly Explanation[] },
    user?: UserKnowledge,
  ): void;
  /** Notes that the service does not follow these changes of the settings. */
  exclude(change: Change, decided: readonly RuleId[]): void;
  /** Notes that the service contradicts the rules of the settings that have to change; without any, those that decided in the emulator. */
  contradict(change: Change | undefined, main: Trial, explained: Trial | undefined): void;
}

/**
 * Creates what notes evidence.
 *
 * @param initial The settings at the beginning, whose rules are confirmed or contradicted.
 * @param inUse Returns the settings in use.
 */
export function createEvidence(findings: Findings, initial: Settings, inUse: () => Settings): Evidence {
  const exclude = (change: Change, decided: readonly RuleId[]): void => {
    for (const [name, value] of Object.entries(change) as [keyof Settings, unknown][]) {
      const rule = ruleOfSetting(name, decided);
      const label = labelOf(name, value, inUse());
      if (value === initial[name]) findings.contradict(rule);
      else if (label !== undefined) findings.exclude(rule, label);
    }
  };

  return {
    agree(compared, { main, singles }, user) {
      const decided = rulesOf(main);
      const followed = main.isOpen ? [] : [...decided, ...shownRules(compared, user)];
      const broken = new Set(main.differences.filter(isAboutRule).map((difference) => ruleOf(difference, main)));
      for (const rule of new Set(followed)) if (!settingOf(rule) && !broken.has(rule)) findings.confirm(rule);
      for (const rule of broken) findings.contradict(rule);
      for (const { change, trial } of singles) if (!isMatch(trial)) exclude(change, [...decided, ...rulesOf(trial)]);
    },
    exclude,
    contradict(change, main, explained) {
      const broken = change
        ? (Object.keys(change) as (keyof Settings)[])
            .filter((name) => change[name] !== initial[name])
            .map((name) => ruleOfSetting(name, [...rulesOf(main), ...(explained ? rulesOf(explained) : [])]))
        : main.differences.filter(isAboutRule).map((difference) => ruleOf(difference, main));
      for (const rule of new Set(broken)) findings.contradict(rule);
    },
  };
}

/** Whether a difference contradicts a rule. The members of a response and their forms are a matter of the description. */
function isAboutRule(difference: Difference): boolean {
  return isAboutState(difference) || difference.kind === "order" || difference.kind === "time";
}

const settings: ReadonlyMap<RuleId, keyof Settings | undefined> = new Map(
  rules.map(({ id, setting }) => [id, setting]),
);

function settingOf(rule: RuleId): keyof Settings | undefined {
  return settings.get(rule);
}

/** Returns the rule of a setting: the one that decided, if it is one of several. */
function ruleOfSetting(name: keyof Settings, decided: readonly RuleId[]): RuleId {
  const own = rules.filter(({ setting }) => setting === name).map(({ id }) => id);
  return decided.find((rule) => own.includes(rule)) ?? own[0] ?? decided[0]!;
}

/** Returns the name of a value in the report. Of a number, only the next smaller one, and a larger one, prove something. */
function labelOf(name: keyof Settings, value: unknown, inUse: Settings): string | undefined {
  const current = inUse[name];
  if (typeof value !== "number" || typeof current !== "number") return String(value);
  if (value > current) return "larger";
  return value === current - 1 ? "smaller" : undefined;
}

/** Returns what has to be excluded before a setting is confirmed; nothing when the proxy cannot check it. */
export function otherValues(name: keyof Settings, initial: Settings): readonly string[] {
  if (learned.includes(name)) return [];
  if (name === "accounts" && initial.accounts === "lenient") return [];
  if (typeof defaultSettings[name] === "number") return ["smaller", "larger"];
  const values: readonly unknown[] = choices[name] ?? [];
  return values.filter((value) => value !== initial[name]).map(String);
}

/** Returns the rules that a response shows, although they decide about no call. */
function shownRules({ call, body, isStateKnown }: ComparedCall, user: UserKnowledge | undefined): readonly RuleId[] {
  const page = isStateKnown && !call.writes ? pageOf(body) : undefined;
  if (!page) return [];
  const used = new Set(page.conversations.flatMap((item) => (isMembers(item) ? [item["ContactGroupId"]].flat() : [])));
  const hasEmpty = page.groups.some((group) => isMembers(group) && !used.has(group["GroupId"]));
  const isWhole = call.operation === "getContactGroup" && page.isLast && startIn(call.body) === 0;
  return [
    ...(hasEmpty && isWhole ? (["get.empty-group"] as const) : []),
    ...(user?.hasChanged === true && page.conversations.length > 0 ? (["state.timestamp"] as const) : []),
  ];
}

/** Returns where the page of a request begins; undefined when it has no start. */
export function startIn(body: unknown): number | undefined {
  const start = isMembers(body) ? body["StartIndex"] : undefined;
  return typeof start === "number" ? start : undefined;
}
