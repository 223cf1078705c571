/** How the state of a user goes on from one call to the next. */
import type { RuleId } from "../rules.ts";
import type { Settings } from "../settings.ts";
import type { Change } from "./alternatives.ts";
import { isMembers } from "./differences.ts";
import { startIn } from "./evidence.ts";
import type { Explanation } from "./explain.ts";
import { imageOfPage, pageOf, type SeenPage } from "./learned-state.ts";
import { isSame, type Shadow } from "./shadow.ts";
import { type ComparedCall, isMatch, rulesOf, type Trial, tryCall } from "./trials.ts";
import { type Fork, forget, type UserKnowledge } from "./user-knowledge.ts";

interface StateParts {
  readonly user: UserKnowledge;
  readonly compared: ComparedCall;
  /** The settings in use, after a difference was explained. */
  readonly settings: Settings;
  readonly shadow: Shadow;
}

/** A user keeps at most this number of possible states. */
const mostForks = 40;

/**
 * Notes the state after a call that was as expected, and the states that other settings would have led to unseen.
 *
 * @param exclude Called with the changes that this call has excluded.
 */
export function keepState(
  { user, compared, settings, shadow }: StateParts,
  main: Trial,
  singles: readonly Explanation[],
  exclude: (change: Change, decided: readonly RuleId[]) => void,
): void {
  const after = main.outcome.image;
  const forks = user.forks.flatMap(({ change, image }): readonly Fork[] => {
    const trial = tryCall(compared, { ...settings, ...change }, image, shadow);
    if (!isMatch(trial)) exclude(change, rulesOf(trial));
    const isOver = !isMatch(trial) || isSame(trial.outcome.image, after);
    return isOver ? [] : [{ change, image: trial.outcome.image }];
  });
  const hidden = singles.filter(({ trial }) => isMatch(trial) && !isSame(trial.outcome.image, after));
  const added = compared.call.writes
    ? hidden.map(({ change, trial }): Fork => ({ change, image: trial.outcome.image }))
    : [];
  user.forks = [...forks, ...added].slice(-mostForks);
  noteState(user, compared, main);
}

/** Goes on after a difference: with the state of an explanation, with what the service has shown, or without a state. */
export function continueAfter(
  { user, compared, settings, shadow }: StateParts,
  explanations: readonly Explanation[],
  before: Settings,
): void {
  const { call, code, body } = compared;
  const [first, ...others] = explanations;
  if (first) {
    const image = first.trial.outcome.image;
    const replaced = Object.fromEntries(
      Object.keys(first.change).map((name) => [name, before[name as keyof Settings]]),
    ) as Change;
    const kept = user.forks.flatMap((fork): readonly Fork[] => {
      const trial = tryCall(compared, { ...settings, ...fork.change }, fork.image, shadow);
      const isOver = !isMatch(trial) || isSame(trial.outcome.image, image);
      return isOver ? [] : [{ change: fork.change, image: trial.outcome.image }];
    });
    const possible = others.map(({ change, trial }): Fork => ({
      change: { ...replaced, ...change },
      image: trial.outcome.image,
    }));
    user.forks = [...possible, ...kept].slice(-mostForks);
    noteState(user, compared, first.trial);
    return;
  }
  // A call that failed has changed nothing.
  if (code !== 0) return;
  forget(user);
  const page = call.writes ? undefined : pageOf(body);
  if (page) addPage(user, page, compared, shadow);
}

function noteState(user: UserKnowledge, { call, code, body }: ComparedCall, trial: Trial): void {
  user.image = trial.outcome.image;
  const [theirs, ours] = [pageOf(body), pageOf(trial.body)];
  if (!call.writes && theirs && ours && !theirs.isLast && !ours.isLast) user.cursors.set(theirs.next, ours.next);
  if (!call.writes || code !== 0) return;
  user.hasChanged = true;
  user.cursors.clear();
  if (trial.outcome.response.rule === "create.new-group") user.isLastIdKnown = true;
}

/** Adds a page to what was read of a user. The last page makes the state known. */
export function addPage(
  user: UserKnowledge,
  page: SeenPage,
  { call, shadowCall }: Pick<ComparedCall, "call" | "shadowCall">,
  shadow: Shadow,
): void {
  const start = startIn(call.body);
  const { pages } = user;
  const earlier = start === 0 ? [] : pages && pages.next === start ? pages.seen : undefined;
  user.pages = undefined;
  if (!earlier || start === undefined) return;
  const seen = [...earlier, page];
  if (!page.isLast) {
    user.pages = { seen, next: page.next };
    return;
  }
  const whole = { ...page, conversations: seen.flatMap(({ conversations }) => conversations) };
  user.image = imageOfPage(whole, { userId: call.user ?? "", at: shadowCall.at, shadow });
}

/** Returns the ID of a group that a creation has returned. */
export function newGroupIdOf(body: unknown): number | undefined {
  if (!isMembers(body) || !Array.isArray(body["GroupResultItem"])) return undefined;
  const [result] = body["GroupResultItem"] as readonly unknown[];
  const group = isMembers(result) ? result["GroupItem"] : undefined;
  const id = isMembers(group) ? group["GroupId"] : undefined;
  return Number.isSafeInteger(id) ? (id as number) : undefined;
}
