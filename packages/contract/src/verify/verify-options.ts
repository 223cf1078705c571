import type { Clock } from "@contact-groups/core/clock";
import { isHeaderField } from "../message.ts";
import { operations } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import type { ScenarioResult, VerifyPlan } from "./scenario.ts";

/** Options of `verify`. */
export interface VerifyOptions {
  /** Address of the provider, for example `https://adminapisgp.im.qcloud.com`; that of a gateway can have a path. */
  readonly baseUrl: string;
  /** SDKAppID of the app. Required, except with `gatewaySigns`. */
  readonly sdkAppId?: number;
  /** UserID of an app administrator. Required, except with `gatewaySigns`. */
  readonly identifier?: string;
  /** The UserSig of `identifier`. Either this, `secretKey` or `gatewaySigns` is required. */
  readonly userSig?: string;
  /** The app's secret key. With it, the checks of the UserSig are verified, too. */
  readonly secretKey?: string;
  /**
   * Header fields of each request, such as the `Authorization` of a gateway. Their values are secret: no report and no error has them.
   *
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The provider is a gateway that adds the credentials itself: no UserSig is sent, `sdkAppId` and `identifier` only if they are given, and
   * scenarios about credentials are skipped.
   *
   * @default false
   */
  readonly gatewaySigns?: boolean;
  /**
   * UserIDs of imported accounts without groups and marks, which the scenarios use and write to.
   *
   * @default generated names, for a provider that accepts every UserID
   */
  readonly users?: readonly string[];
  /** GroupID of a chat group of which all `users` are members. */
  readonly chatGroup?: string;
  /**
   * Sends no request that writes, and none that affects other callers.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Exceeds the rate limit, to check that such calls are rejected.
   *
   * @default true for a loopback address, false for any other host
   */
  readonly burst?: boolean;
  /**
   * Skips what no document mentions.
   *
   * @default false
   */
  readonly documentedOnly?: boolean;
  /**
   * Selects scenarios: IDs, their prefixes up to a `/`, or groups.
   *
   * @default all
   */
  readonly only?: readonly string[];
  /**
   * Scenarios that may be skipped when something that they need is missing, named as in `only`; `true` for all. Others that do not run make
   * `exitCode` 3. What `readOnly`, `documentedOnly` and `burst: false` skip needs no permission.
   *
   * @default []
   */
  readonly allowSkipped?: true | readonly string[];
  /**
   * Seed of the random bodies.
   *
   * @default a random number
   */
  readonly seed?: number;
  /**
   * Number of random bodies for each operation and kind; 0 for none.
   *
   * @default 25
   */
  readonly runs?: number;
  /**
   * Maximum number of calls in any second, of all calls except those that exceed the rate limit because of `burst`.
   *
   * @default four fifths of the description's limit, which is also the maximum
   */
  readonly callsPerSecond?: number;
  /**
   * Time limit of one response in milliseconds.
   *
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /**
   * Allows writing to a host that is not a loopback address.
   *
   * @default false
   */
  readonly yes?: boolean;
  /**
   * Recorded calls of a consumer, for example of `readRecordings`. Only what this consumer needs then decides `exitCode`: the operations and
   * fields that it uses, and the error codes that it handles.
   *
   * @default everything counts
   */
  readonly consumer?: readonly Exchange[];
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /**
   * Returns a number from 0 to 1, excluding 1.
   *
   * @default Math.random
   */
  readonly random?: () => number;
  /** Called before the first call, and again when other accounts are chosen because some already have groups or marks. */
  readonly onPlan?: (plan: VerifyPlan) => void;
  /** Called after each scenario. */
  readonly onProgress?: (result: ScenarioResult, done: number, total: number) => void;
}

/**
 * Thrown when verification cannot begin: an option is invalid, the provider does not respond, or it rejects the credentials.
 *
 * @example
 * ```ts
 * const report = await verify(options).catch((error) => {
 *   if (error instanceof VerifyError) console.error(error.message);
 *   else throw error;
 * });
 * ```
 */
export class VerifyError extends Error {
  override readonly name = "VerifyError";
}

/** Share of the rate limit that verification uses; the rest is for other callers of the app. */
const shareOfRate = 0.8;

/** Maximum number of calls per second. */
export const fastest: number =
  shareOfRate * Math.min(...operations.map(({ rate: { calls, seconds } }) => calls / seconds));

/** Throws a `VerifyError` that names the invalid option, but no credential. Names of options are between backticks. */
export function checkOptions(options: VerifyOptions): void {
  const { baseUrl, consumer, headers = {}, users, seed, runs, callsPerSecond, timeoutMs } = options;
  const url = URL.canParse(baseUrl)
    ? new URL(baseUrl)
    : reject("`baseUrl` must be a URL such as https://adminapisgp.im.qcloud.com.");
  if (url.protocol !== "https:" && url.protocol !== "http:") reject("`baseUrl` must begin with https:// or http://.");
  if (url.search !== "" || url.hash !== "")
    reject("`baseUrl` must have no query: the credentials are options of their own.");
  if (url.username !== "" || url.password !== "") reject("`baseUrl` must have no user name and no password.");
  checkCredentials(options);
  for (const [name, value] of Object.entries(headers))
    if (!isHeaderField(name, value))
      reject(`\`headers\` must have names and values that HTTP allows, but not that of ${JSON.stringify(name)}.`);
  if (users && (users.length === 0 || users.includes("")))
    reject("`users` must have at least one UserID, and no empty one. Omit it to use generated UserIDs.");
  if (users && new Set(users).size < users.length) reject("`users` must have each UserID once, but has one twice.");
  if (seed !== undefined && !Number.isInteger(seed)) reject("`seed` must be an integer.");
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 0))
    reject(`\`runs\` must be an integer of at least 0, but is ${runs}.`);
  if (callsPerSecond !== undefined && !(callsPerSecond > 0 && callsPerSecond <= fastest))
    reject(
      `\`callsPerSecond\` must be above 0 and at most ${fastest}, four fifths of the description's limit, but is ${callsPerSecond}.`,
    );
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0))
    reject(`\`timeoutMs\` must be a positive integer, but is ${timeoutMs}.`);
  if (consumer?.every(({ operation }) => operation === undefined))
    reject(
      "`consumer` must have at least one call of an operation, but has none: record the tests of the consumer first.",
    );
}

function checkCredentials({ sdkAppId, identifier, userSig, secretKey, gatewaySigns = false }: VerifyOptions): void {
  const given = [userSig, secretKey].filter((one) => one !== undefined);
  if (gatewaySigns && given.length > 0)
    reject("`gatewaySigns` must not be set together with `userSig` or `secretKey`: the gateway adds the UserSig.");
  if (!gatewaySigns && given.length !== 1)
    reject("Exactly one of `userSig` and `secretKey` is required, or `gatewaySigns` for a gateway that adds them.");
  if (given.includes("")) reject("`userSig` and `secretKey` must not be empty.");
  if (!(gatewaySigns && sdkAppId === undefined) && !(Number.isSafeInteger(sdkAppId) && Number(sdkAppId) > 0))
    reject(`\`sdkAppId\` must be a positive integer, but is ${sdkAppId}.`);
  if (identifier === "" || !(gatewaySigns || identifier))
    reject(
      `\`identifier\` must be the UserID of an app administrator, but is ${identifier === "" ? "empty" : "missing"}.`,
    );
}

function reject(violation: string): never {
  throw new VerifyError(violation);
}

/** Whether a provider is on this machine, so that its data and its rate limit are nobody else's. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return /^(?:127(?:\.\d+){3}|\[::1\]|(?:.+\.)?localhost)$/.test(hostname);
}
