/** What is found out about a provider before its first scenario. */
import { errorCodes } from "@contact-groups/openapi/model";
import { catalogue, gateChecks, type Operation, operations, sayCode } from "../operations.ts";
import { errorCode } from "./check-response.ts";
import { at } from "./fill-values.ts";
import { type Draw, type Preparation, prepare } from "./plan.ts";
import { type Answer, NoAnswerError, type Runner } from "./provider.ts";
import { toCall } from "./request.ts";
import { ownerName } from "./rule-scenarios.ts";
import { VerifyError, type VerifyOptions } from "./verify-options.ts";

/** Codes that say that the caller is not let in. */
const doors = new Set<number>([
  ...gateChecks.filter(({ check }) => check === "app" || check === "administrator").map(({ error }) => error),
  ...catalogue.filter(({ retry }) => retry === "refresh-usersig").map(({ code }) => code),
  ...gateChecks.filter(({ check }) => check.startsWith("userSig")).map(({ error }) => error),
]);

/** Makes one call that has to work, so that a wrong address or credential is told once and not by each scenario. */
export async function knock(user: string, runner: Runner, isGiven: boolean): Promise<void> {
  let answer: Answer;
  try {
    answer = await pull(user, runner);
  } catch (error) {
    if (error instanceof NoAnswerError) throw new VerifyError(`The provider does not answer: ${error.message}.`);
    throw error;
  }
  const code = errorCode(answer);
  if (code === undefined) return;
  const entry = catalogue.find((it) => it.code === code);
  if (doors.has(code))
    throw new VerifyError(`The provider does not let the caller in: ${sayCode(code)}. ${entry?.fix ?? ""}`);
  if (code !== errorCodes.UserNotImported) return;
  throw new VerifyError(
    isGiven
      ? `The user ${JSON.stringify(user)} of users was not imported (${sayCode(code)}).`
      : `The provider knows only users that were imported (${sayCode(code)}). Give UserIDs of imported accounts without groups with users.`,
  );
}

/** The operation that lists what a user has, page by page. */
export const listing: Operation & Required<Pick<Operation, "paging">> = (() => {
  for (const operation of operations) {
    const { effect, paging } = operation;
    if (effect === "read" && paging) return { ...operation, paging };
  }
  throw new Error("No operation of the description reads page by page.");
})();

/** Asks for a user's first page. */
export function pull(user: string, { provider, caller }: Runner): Promise<Answer> {
  const { operationId, paging } = listing;
  const scene = { cast: { users: {}, chatGroups: {}, fresh: [] }, captures: new Map<string, unknown>() };
  return provider.send(
    toCall({ operation: operationId }, listing, { [ownerName]: user, [paging.start]: 0 }, scene, caller),
  );
}

/**
 * Prepares again until nobody who has to be without groups and marks has any, for an earlier run leaves its accounts full. To be done before
 * anything is written: afterwards a provider that mixes users up would look like users with groups.
 */
export async function prepareAround(
  first: Preparation,
  options: VerifyOptions,
  draw: Draw,
  runner: Runner,
): Promise<Preparation> {
  // Names that were made up for this run are nobody's.
  if (options.users === undefined) return first;
  const asked = new Set<string>();
  const busy = new Set<string>();
  for (let preparation = first; ; preparation = prepare(options, draw, busy)) {
    const unknown = preparation.parts.flatMap(({ cast }) => cast.fresh).filter((user) => !asked.has(user));
    const before = busy.size;
    for (const user of unknown) {
      asked.add(user);
      if (await isBusy(user, runner)) busy.add(user);
    }
    if (busy.size === before) return preparation;
  }
}

async function isBusy(user: string, runner: Runner): Promise<boolean> {
  const answer = await pull(user, runner).catch(() => undefined);
  const { paging } = listing;
  const lists = [paging.items, paging.names ?? paging.items].map((name) => at(answer?.body, `/${name}`));
  return lists.some((list) => Array.isArray(list) && list.length > 0);
}
