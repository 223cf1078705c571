/** Calls that belong together: what is planned for them, what is recorded of them, and what they break. */
import { judge, type JudgeOptions } from "./judge/judge.ts";
import type { Violation } from "./judge/violation.ts";
import { createScript, type Script } from "./plan/script.ts";
import { unusedViolation } from "./plan/unused.ts";
import type { Exchange } from "./record/exchange.ts";
import { recordTo, recordVariable } from "./record/folder.ts";
import { createHistory, createRecording } from "./record/recording.ts";
import { createRespond, type RespondParts } from "./respond.ts";
import type { Responder } from "./response.ts";
import { addJudged, type Judged, judgedOf, toKeep } from "./verdict.ts";

export interface CallsParts extends Omit<RespondParts, "script" | "recording"> {
  readonly maxExchanges: number;
}

/** The calls of a contract, or of one of its sessions. */
export interface Calls {
  readonly plan: Script["plan"];
  readonly exchanges: readonly Exchange[];
  readonly respond: Responder;
  /** Begins a new recording. What is known of the old one stays in the verdict since the start. */
  reset(): void;
  judged(options: JudgeOptions): JudgedCalls;
  /** Whether all calls before the last reset have ended. */
  readonly isSettled: boolean;
}

/** What there is to judge, and the plans that were not used. */
export interface JudgedCalls {
  readonly judged: Judged;
  readonly unused: readonly Violation[];
}

export function createCalls(parts: CallsParts): Calls {
  const script = createScript();
  const history = createHistory();
  const folder = process.env[recordVariable];
  // Calls of each session have a file of their own, because they are judged together.
  const append = folder ? recordTo(folder) : undefined;
  let recording = createRecording(parts.maxExchanges, append);
  /** Plans that were not used before a reset. */
  let unusedBefore: readonly Violation[] = [];
  const unusedNow = (): Violation[] =>
    script.unused.map((unused) => unusedViolation(unused, recording.exchanges.length));

  return {
    plan: script.plan,
    get exchanges() {
      return [...recording.exchanges];
    },
    respond: createRespond({ ...parts, script, recording: () => recording }),
    reset() {
      unusedBefore = toKeep([...unusedBefore, ...unusedNow()]);
      script.reset();
      history.end(recording);
      recording = createRecording(parts.maxExchanges, append);
    },
    judged({ sinceStart = false, ...options }) {
      const { exchanges, forgotten } = recording;
      const now: JudgedCalls = {
        judged: judgedOf(exchanges, judge(exchanges, options), { forgotten }),
        unused: selected(unusedNow(), options),
      };
      return sinceStart ? addCalls(selectedOf({ judged: history.past, unused: unusedBefore }, options), now) : now;
    },
    get isSettled() {
      return history.isSettled;
    },
  };
}

function selected(
  violations: readonly Violation[],
  { ignore = [], sides = ["request"] }: JudgeOptions,
): readonly Violation[] {
  return violations.filter(({ rule, side }) => sides.includes(side) && !ignore.includes(rule));
}

/** Returns what options select of the calls that were deleted. */
export function selectedOf({ judged, unused }: JudgedCalls, options: JudgeOptions): JudgedCalls {
  return {
    judged: { ...judged, violations: selected(judged.violations, options) },
    unused: selected(unused, options),
  };
}

/** Returns the sum of two lists of calls. */
export function addCalls(one: JudgedCalls, other: JudgedCalls): JudgedCalls {
  return { judged: addJudged(one.judged, other.judged), unused: [...one.unused, ...other.unused] };
}

/** Returns what there is to judge in these calls. Without a call, nothing could use a plan. */
export function wholeOf({ judged, unused }: JudgedCalls): Judged {
  return judged.ofOperations === 0 ? judged : { ...judged, violations: [...judged.violations, ...unused] };
}
