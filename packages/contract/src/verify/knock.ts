/** What is found out about a provider before its first scenario. */
import { errorCodes } from "@contact-groups/openapi/model";
import { catalogue, type Operation, operations } from "../operations.ts";
import { ownerName } from "./example-bodies.ts";
import { gateChecks, sayCode } from "./facts.ts";
import { errorCode } from "./judge-answer.ts";
import { NoAnswerError, type Answer } from "./provider.ts";
import { toCall } from "./request.ts";
import type { Runner } from "./step.ts";
import { VerifyError } from "./verify-options.ts";

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
