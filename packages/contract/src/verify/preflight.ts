/** Preflight: checks the provider and the accounts before the first scenario. */
import { errorCodes } from "@contact-groups/openapi/model";
import { catalogue, requestCheckList, type ApiOperation, operations, ownerName, sayCode } from "../operations.ts";
import { errorCode } from "./check-response.ts";
import { codeOf } from "../response.ts";
import { at } from "./fill-values.ts";
import { type Draw, type Preparation, prepare } from "./plan.ts";
import { type ProviderResponse, NoResponseError, type Runner } from "./provider.ts";
import { emptyScene, toCall } from "./request.ts";
import { VerifyError, type VerifyOptions } from "./verify-options.ts";

/** Codes that mean that the credentials were rejected. */
const accessCodes = new Set<number>([
  ...requestCheckList.filter(({ check }) => check === "app" || check === "administrator").map(({ error }) => error),
  ...catalogue.filter(({ retry }) => retry === "refresh-usersig").map(({ code }) => code),
  ...requestCheckList.filter(({ check }) => check.startsWith("userSig")).map(({ error }) => error),
]);

/** Sends one request that must succeed, so that a wrong address or credential is reported once and not by each scenario. */
export async function checkAccess(user: string, runner: Runner, isGiven: boolean): Promise<void> {
  let response: ProviderResponse;
  try {
    response = await getPage(user, 0, runner);
  } catch (error) {
    if (error instanceof NoResponseError)
      throw new VerifyError(`The provider does not respond: ${error.message}. Start it, or correct baseUrl.`);
    throw error;
  }
  const code = errorCode(response);
  if (code === undefined) return;
  const entry = catalogue.find((it) => it.code === code);
  if (accessCodes.has(code))
    throw new VerifyError(`The provider rejects the credentials: ${sayCode(code)}. ${entry?.fix ?? ""}`);
  if (code !== errorCodes.UserNotImported) return;
  throw new VerifyError(
    isGiven
      ? `The user ${JSON.stringify(user)} of users was not imported (${sayCode(code)}). Import it, or remove it from users.`
      : `The provider accepts only imported users (${sayCode(code)}). Set users to UserIDs of imported accounts without groups.`,
  );
}

/** Returns the operation that lists a user's conversations, page by page. */
export const listing: ApiOperation & Required<Pick<ApiOperation, "paging">> = (() => {
  for (const operation of operations) {
    const { effect, paging } = operation;
    if (effect === "read" && paging) return { ...operation, paging };
  }
  throw new Error("No operation of the description reads page by page.");
})();

/** Requests a page of a user. */
export function getPage(user: string, start: number, { provider, caller }: Runner): Promise<ProviderResponse> {
  const { operationId, paging } = listing;
  const body = { [ownerName]: user, [paging.start]: start };
  return provider.send(toCall({ operation: operationId }, listing, body, emptyScene, caller));
}

/** A plan, and the users of whom the provider said that they have no groups and marks. Only these can be cleaned up: of others, data may be theirs. */
interface CheckedPreparation extends Preparation {
  readonly empty: ReadonlySet<string>;
}

/**
 * Plans again until no fresh user has groups or marks, because an earlier run left some. This must happen before anything is
 * written: afterwards, a provider that mixes up users would look like users with groups.
 */
export async function prepareWithFreshUsers(
  first: Preparation,
  options: VerifyOptions,
  draw: Draw,
  runner: Runner,
): Promise<CheckedPreparation> {
  const looked = new Set<string>();
  const busy = new Set<string>();
  const empty = new Set<string>();
  // Generated names belong to no account.
  if (options.users === undefined) return { ...first, empty };
  for (let preparation = first; ; preparation = prepare(options, draw, busy)) {
    const unknown = preparation.parts.flatMap(({ fixtures }) => fixtures.fresh).filter((user) => !looked.has(user));
    const before = busy.size;
    for (const user of unknown) {
      looked.add(user);
      const has = await hasData(user, runner);
      if (has !== undefined) (has ? busy : empty).add(user);
    }
    if (busy.size === before) return { ...preparation, empty };
  }
}

/** Returns whether a user has groups or marks; undefined if the provider does not say so. */
async function hasData(user: string, runner: Runner): Promise<boolean | undefined> {
  const response = await getPage(user, 0, runner).catch(() => undefined);
  const { paging } = listing;
  const lists = [paging.items, paging.names ?? paging.items].map((name) => at(response?.body, `/${name}`));
  if (lists.some((list) => Array.isArray(list) && list.length > 0)) return true;
  return codeOf(response?.body) === 0 ? false : undefined;
}
