/** Preflight: checks the provider and the accounts before the first scenario. */
import { errorCodes } from "@contact-groups/openapi/model";
import { catalogue, requestCheckList, type ApiOperation, operations, ownerName, sayCode } from "../operations.ts";
import { errorCode } from "./check-response.ts";
import { codeOf } from "../response.ts";
import { headerOf } from "../message.ts";
import { at } from "./matching.ts";
import { type Draw, type Preparation, prepare } from "./plan.ts";
import { type ProviderResponse, NoResponseError, type Runner } from "./provider.ts";
import { type PreparedCall, toCall } from "./request.ts";
import { exampleOf, withUsers } from "./rule-scenarios.ts";
import { VerifyError, type VerifyOptions } from "./verify-options.ts";

/** Codes that mean that the credentials were rejected. */
const accessCodes = new Set<number>([
  ...requestCheckList.filter(({ check }) => check === "app" || check === "administrator").map(({ error }) => error),
  ...catalogue.filter(({ retry }) => retry === "refresh-usersig").map(({ code }) => code),
  ...requestCheckList.filter(({ check }) => check.startsWith("userSig")).map(({ error }) => error),
]);

/**
 * Sends one request that must succeed, so that a wrong address or credential is reported once and not by each scenario. When its response is
 * not one of the service, another operation is tried: a provider that has no response for one operation breaks the contract.
 */
export async function checkAccess(user: string, runner: Runner, isGiven: boolean): Promise<void> {
  const { provider } = runner;
  const calls = [pageCall(user, 0), ...otherReads(user)];
  let obstacle: string | undefined;
  for (const create of calls) {
    const call = (): PreparedCall => create(runner);
    const sent = call();
    const response = await provider.send(sent).catch((error: unknown) => {
      if (error instanceof NoResponseError) return error;
      throw error;
    });
    const found = obstacleIn(response, sent);
    if (found === undefined && !(response instanceof NoResponseError)) {
      provider.relyOn(call);
      return checkCode(errorCode(response), user, isGiven, runner);
    }
    obstacle ??= found;
  }
  throw new VerifyError(obstacle ?? "The provider does not respond.");
}

/** Returns why a response cannot be the service's, and what to check. */
function obstacleIn(response: ProviderResponse | NoResponseError, call: PreparedCall): string | undefined {
  if (response instanceof NoResponseError)
    return `The provider does not respond: ${response.message}. Start it, or correct \`baseUrl\`.`;
  const { status, text, message, body } = response;
  if (codeOf(body) !== undefined) return undefined;
  const start = text.replaceAll(/\s+/g, " ").trim().slice(0, 80);
  const got = `HTTP ${status}${start === "" ? "" : ` ${JSON.stringify(start)}`}`;
  const location = headerOf(message.headers, "location");
  if (status >= 300 && status < 400)
    return `The provider redirects${location === undefined ? "" : ` to ${withoutQuery(location)}`} (HTTP ${status}), which is not followed, because the UserSig would be sent there as well. Set \`baseUrl\` to the address that responds itself.`;
  if (status === 401 || status === 403 || status === 407)
    return `The provider rejects the call before the service gets it (${got}). Check \`headers\`: a gateway may need credentials of its own.`;
  if (status === 404 || status === 405)
    return `The provider has nothing at ${call.method} ${call.path} (${got}). Check the host and the path of \`baseUrl\`.`;
  if (status >= 500)
    return `The provider fails for every call (${got}). Check that the service works, and that \`baseUrl\` is its address.`;
  if (status >= 400)
    return `The provider rejects the call without an ErrorCode (${got}). Check \`baseUrl\` and \`headers\`.`;
  if (body === undefined && start.startsWith("<"))
    return `The provider responds with a page in HTML or XML (${got}). Check \`baseUrl\`; a page to log in, or a proxy, may be in front of it.`;
  return undefined;
}

function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, "");
}

/** Throws a `VerifyError` when a code means that no scenario can pass. */
function checkCode(code: number | undefined, user: string, isGiven: boolean, { caller }: Runner): void {
  if (code === undefined) return;
  const entry = catalogue.find((it) => it.code === code);
  if (accessCodes.has(code))
    throw new VerifyError(
      caller.gatewaySigns
        ? `The service rejects the credentials that the gateway adds: ${sayCode(code)}. Correct them in the gateway.`
        : `The provider rejects the credentials: ${sayCode(code)}. ${entry?.fix ?? ""}`,
    );
  if (code !== errorCodes.UserNotImported) return;
  throw new VerifyError(
    isGiven
      ? `The user ${JSON.stringify(user)} of \`users\` was not imported (${sayCode(code)}). Import it, or remove it from \`users\`.`
      : `The provider accepts only imported users (${sayCode(code)}). Set \`users\` to UserIDs of imported accounts without groups.`,
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
export function getPage(user: string, start: number, runner: Runner): Promise<ProviderResponse> {
  return runner.provider.send(pageCall(user, start)(runner));
}

function pageCall(user: string, start: number): (runner: Runner) => PreparedCall {
  const { paging } = listing;
  const body = { [ownerName]: user, [paging.start]: start };
  return ({ caller }) => toCall(listing, { body }, caller);
}

/** Returns the calls of the other operations that read: their examples, for a user of the run. */
function otherReads(user: string): ((runner: Runner) => PreparedCall)[] {
  return operations
    .filter(({ effect, operationId }) => effect === "read" && operationId !== listing.operationId)
    .map((operation) => {
      const body = withUsers(operation, exampleOf(operation), () => user);
      return ({ caller }) => toCall(operation, { body }, caller);
    });
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
      // The first scenario that fails says why.
      if (runner.provider.tooCostly !== undefined) continue;
      const has = await hasData(user, runner);
      if (has !== undefined) (has ? busy : empty).add(user);
    }
    if (busy.size === before) return { ...preparation, empty };
  }
}

/** Returns whether a user has groups or marks; undefined if the provider does not say so. */
async function hasData(user: string, runner: Runner): Promise<boolean | undefined> {
  const { body } = await getPage(user, 0, runner).catch((error: unknown) => {
    // With thousands of accounts, to wait for each response would take hours.
    if (!(error instanceof NoResponseError)) throw error;
    throw new VerifyError(`The provider stopped responding while its accounts were read: ${error.message}.`);
  });
  const { paging } = listing;
  const lists = [paging.items, paging.names ?? paging.items].map((name) => at(body, `/${name}`));
  if (lists.some((list) => Array.isArray(list) && list.length > 0)) return true;
  return codeOf(body) === 0 ? false : undefined;
}
