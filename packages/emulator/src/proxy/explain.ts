/** Which other settings explain a response of the service. */
import type { Settings } from "../settings.ts";
import type { Change } from "./alternatives.ts";
import type { Shadow, UserImage } from "./shadow.ts";
import { type ComparedCall, isMatch, type Trial, tryCall } from "./trials.ts";
import type { Fork } from "./user-knowledge.ts";

/** Settings under which the emulator responds as the service did. */
export interface Explanation {
  /** What differs from the settings in use. */
  readonly change: Change;
  readonly trial: Trial;
}

interface ExplainParts {
  readonly compared: ComparedCall;
  readonly settings: Settings;
  readonly image: UserImage;
  readonly forks: readonly Fork[];
  readonly shadow: Shadow;
  /** Single changes, each with its trial. */
  readonly singles: readonly Explanation[];
}

/** A state with more conversations is too large to try every pair of changes. */
const largestForPairs = 200;

/**
 * Returns the explanations with the fewest changes: single settings, states that follow from a setting whose effect was not visible yet, then
 * pairs. Explanations that prove nothing count only when there are no others.
 */
export function explain(parts: ExplainParts): readonly Explanation[] {
  const { compared, settings, image, forks, shadow, singles } = parts;
  const run = (change: Change, from: UserImage): Explanation => ({
    change,
    trial: tryCall(compared, { ...settings, ...change }, from, shadow),
  });
  const direct = [...singles, ...forks.map((fork) => run(fork.change, fork.image))].filter(matches);
  if (direct.length > 0) return certainOf(direct);

  const changes = singles.map(({ change }) => change);
  const onForks = forks.flatMap((fork) => changes.map((change) => run({ ...fork.change, ...change }, fork.image)));
  const matching = onForks.filter(matches);
  if (matching.length > 0 || image.conversations.length > largestForPairs) return certainOf(matching);
  const pairs = changes.flatMap((one, index) =>
    changes
      .slice(index + 1)
      .filter((other) => Object.keys(one)[0] !== Object.keys(other)[0])
      .map((other) => ({ ...one, ...other })),
  );
  return certainOf(pairs.map((change) => run(change, image)).filter(matches));
}

function matches({ trial }: Explanation): boolean {
  return isMatch(trial);
}

function certainOf(explanations: readonly Explanation[]): readonly Explanation[] {
  const certain = explanations.filter(({ trial }) => !trial.isOpen);
  return certain.length > 0 ? certain : explanations;
}
