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
import { addJudged, type Judged, judgedOf } from "./verdict.ts";

/** Maximum number of violations by unused plans that are kept. */
const mostKeptViolations = 1000;

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
      unusedBefore = [...unusedBefore, ...unusedNow()].slice(0, mostKeptViolations);
      script.reset();
      history.end(recording);
      recording = createRecording(parts.maxExchanges, append);
    },
    judged({ sinceStart = false, ...options }) {
      const { exchanges, forgotten } = recording;
      const { ignore = [], sides = ["request"] } = options;
      const { past } = history;
      const now = judgedOf(exchanges, judge(exchanges, options), { forgotten });
      const isJudged = sides.includes("request") && !ignore.includes("unused-plan");
      return {
        judged: sinceStart
          ? addJudged({ ...past, violations: past.violations.filter(({ rule }) => !ignore.includes(rule)) }, now)
          : now,
        unused: isJudged ? [...(sinceStart ? unusedBefore : []), ...unusedNow()] : [],
      };
    },
  };
}

/** Returns what there is to judge in all of these calls. Without a call, nothing could use a plan. */
export function sumOf(all: readonly JudgedCalls[]): Judged {
  const sum = all.map(({ judged }) => judged).reduce(addJudged, judgedOf([], []));
  return sum.ofOperations === 0
    ? sum
    : { ...sum, violations: [...sum.violations, ...all.flatMap(({ unused }) => unused)] };
}
