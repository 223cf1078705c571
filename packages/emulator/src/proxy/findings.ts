/** What the comparison has found, per rule: the table of FIDELITY.md as the service sees it. */
import type { OperationId } from "@contact-groups/openapi/model";
import { type RuleId, rules } from "../rules.ts";
import type { Settings } from "../settings.ts";
import type { Change } from "./alternatives.ts";
import { isChecked } from "./codes.ts";
import type { Difference } from "./differences.ts";

/** A difference between the service and the emulator, at its first call and as often as it was seen. */
export interface FoundDifference extends Difference {
  /** Number of the first call. */
  readonly call: number;
  /** The operation, or the path of another endpoint. */
  readonly operation: OperationId | string;
  /** The rule that decided in the emulator. */
  readonly rule: RuleId;
  /** Why the emulator decided so. */
  readonly why: string;
  /** Settings with which the emulator's response would be the same; several where the call does not decide between them. */
  readonly explanations: readonly Change[];
  times: number;
}

/** What is known of a rule. */
interface RuleFinding {
  readonly rule: RuleId;
  readonly setting?: keyof Settings;
  /** Calls in which the service did what the rule says, and no other reading of its setting would have. */
  readonly confirmed: number;
  /** Calls in which the service did something else. */
  readonly contradicted: number;
  /** For a setting: how many calls have excluded each other value. */
  readonly excluded?: Readonly<Record<string, number>>;
  readonly status: "confirmed" | "contradicted" | "partly confirmed" | "never seen" | "not checked";
}

/** A text of the service, and how often it was seen. */
interface SeenText {
  readonly text: string;
  times: number;
}

/** Counts of calls. */
interface CallCounts {
  total: number;
  /** Compared, and the same. */
  same: number;
  different: number;
  /** Not compared, by the reason. */
  readonly notComparable: Record<string, number>;
}

/** The report of a proxy. */
export interface ProxyReport {
  readonly calls: CallCounts;
  /** Settings that differ from those at the beginning, because the service's responses need them. */
  readonly settings: Change;
  readonly rules: readonly RuleFinding[];
  readonly differences: readonly FoundDifference[];
  /** Texts of `ErrorInfo` and `ResultInfo` by code. */
  readonly texts: Readonly<Record<string, readonly SeenText[]>>;
}

/** Collects findings. */
export interface Findings {
  readonly counts: CallCounts;
  /** Settings that the service's responses need. */
  settings: Change;
  confirm(rule: RuleId): void;
  contradict(rule: RuleId): void;
  /** Notes that a call excluded another value of a setting. */
  exclude(rule: RuleId, value: string): void;
  /** Adds a difference. Returns it, and whether it is new. */
  add(difference: Omit<FoundDifference, "times">): { readonly found: FoundDifference; readonly isNew: boolean };
  addText(code: number, text: string): void;
  report(): ProxyReport;
}

const mostTexts = 20;
const longestText = 500;
const mostDifferences = 1000;

/** Creates findings without any. */
export function createFindings(choicesOf: (setting: keyof Settings) => readonly string[]): Findings {
  const counts: CallCounts = { total: 0, same: 0, different: 0, notComparable: {} };
  const confirmed = new Map<RuleId, number>();
  const contradicted = new Map<RuleId, number>();
  const excluded = new Map<RuleId, Map<string, number>>();
  const differences = new Map<string, FoundDifference>();
  const texts = new Map<number, SeenText[]>();
  let settings: Change = {};
  const raise = <Key>(map: Map<Key, number>, key: Key): void => void map.set(key, (map.get(key) ?? 0) + 1);

  const finding = (rule: (typeof rules)[number]): RuleFinding => {
    const { id, setting } = rule;
    const times = contradicted.get(id) ?? 0;
    const values = excluded.get(id);
    const others = setting ? choicesOf(setting) : [];
    const count = setting ? Math.min(...others.map((value) => values?.get(value) ?? 0)) : (confirmed.get(id) ?? 0);
    const whole = Number.isFinite(count) ? count : 0;
    const status =
      !isChecked(id) || (setting && others.length === 0)
        ? "not checked"
        : times > 0
          ? "contradicted"
          : whole > 0
            ? "confirmed"
            : values && values.size > 0
              ? "partly confirmed"
              : "never seen";
    return {
      rule: id,
      ...(setting && { setting }),
      confirmed: whole,
      contradicted: times,
      ...(setting && { excluded: Object.fromEntries(values ?? []) }),
      status,
    };
  };

  return {
    counts,
    get settings() {
      return settings;
    },
    set settings(next) {
      settings = next;
    },
    confirm: (rule) => raise(confirmed, rule),
    contradict: (rule) => raise(contradicted, rule),
    exclude(rule, value) {
      const values = excluded.get(rule) ?? new Map<string, number>();
      excluded.set(rule, values);
      raise(values, value);
    },
    add(difference) {
      const key = keyOf(difference);
      const known = differences.get(key);
      if (known) {
        known.times++;
        return { found: known, isNew: false };
      }
      const found: FoundDifference = { ...difference, times: 1 };
      // A service that always sends something else must not fill the memory.
      if (differences.size < mostDifferences) differences.set(key, found);
      return { found, isNew: true };
    },
    addText(code, text) {
      const seen = texts.get(code) ?? [];
      texts.set(code, seen);
      const shown = text.slice(0, longestText);
      const known = seen.find((one) => one.text === shown);
      if (known) known.times++;
      else if (seen.length < mostTexts) seen.push({ text: shown, times: 1 });
    },
    report: () => ({
      calls: counts,
      settings,
      rules: rules.map(finding),
      differences: [...differences.values()],
      texts: Object.fromEntries(texts),
    }),
  };
}

/** Differences are the same when the rule, the place and the explanation are, and for codes the codes too. */
function keyOf({
  operation,
  rule,
  pointer,
  kind,
  expected,
  found,
  explanations,
}: Omit<FoundDifference, "times">): string {
  const place = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const codes = pointer.endsWith("Code") ? [expected, found] : [];
  return JSON.stringify([operation, rule, place, kind, codes, explanations]);
}
