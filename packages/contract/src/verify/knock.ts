/** What is found out about a provider before its first scenario. */
import { catalogue, operations } from "../description.ts";
import { gate, sayCode } from "./facts.ts";
import { errorCode } from "./judge-answer.ts";
import { NoAnswerError, type Answer } from "./provider.ts";
import { toCall } from "./request.ts";
import type { Runner } from "./step.ts";
import { VerifyError } from "./verify-options.ts";

/** Codes that say that the caller is not let in. */
const doors = new Set<number>([
  ...gate.filter(({ check }) => check === "app" || check === "administrator").map(({ error }) => error),
  ...catalogue.filter(({ retry }) => retry === "refresh-usersig").map(({ code }) => code),
  ...gate.filter(({ check }) => check.startsWith("userSig")).map(({ error }) => error),
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
  if (entry?.name !== "UserNotImported") return;
  throw new VerifyError(
    isGiven
      ? `The user ${JSON.stringify(user)} of users was not imported (${sayCode(code)}).`
      : `The provider knows only users that were imported (${sayCode(code)}). Give UserIDs of imported accounts without groups with users.`,
  );
}

/** Asks for a user's first page. */
export function pull(user: string, { provider, caller }: Runner): Promise<Answer> {
  const operation = operations.find(({ operationId }) => operationId === "getContactGroup");
  if (!operation) throw new Error("The description has no operation getContactGroup.");
  const scene = { cast: { users: {}, chatGroups: {}, fresh: [] }, captures: new Map<string, unknown>() };
  return provider.send(
    toCall({ operation: operation.operationId }, operation, { From_Account: user, StartIndex: 0 }, scene, caller),
  );
}
