import type { Clock } from "@contact-groups/core/clock";
import { operations } from "../operations.ts";
import type { ScenarioResult, VerifyPlan } from "./scenario.ts";

/** Options of `verify`. */
export interface VerifyOptions {
  /** Origin of the provider, for example `https://adminapisgp.im.qcloud.com`. */
  readonly baseUrl: string;
  /** SDKAppID of the app. */
  readonly sdkAppId: number;
  /** UserID of an app administrator. */
  readonly identifier: string;
  /** The UserSig of `identifier`. Either this or `secretKey` is required. */
  readonly userSig?: string;
  /** The app's secret key. With it, the checks of the UserSig are verified, too. */
  readonly secretKey?: string;
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
   * @default true, but false for the service's own hosts
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
   * Maximum number of calls per second.
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
   * Allows writing to the service's own hosts.
   *
   * @default false
   */
  readonly yes?: boolean;
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

/** Throws a `VerifyError` that names the invalid option, but no credential. */
export function checkOptions(options: VerifyOptions): void {
  const { baseUrl, sdkAppId, identifier, userSig, secretKey, users, seed, runs, callsPerSecond, timeoutMs } = options;
  const reject = (violation: string): never => {
    throw new VerifyError(violation);
  };
  const url = URL.canParse(baseUrl)
    ? new URL(baseUrl)
    : reject("baseUrl must be a URL such as https://adminapisgp.im.qcloud.com.");
  if (url.protocol !== "https:" && url.protocol !== "http:") reject("baseUrl must begin with https:// or http://.");
  if (url.search !== "" || url.hash !== "")
    reject("baseUrl must have no query: the credentials are options of their own.");
  if (url.username !== "" || url.password !== "") reject("baseUrl must have no user name and no password.");
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    reject(`sdkAppId must be a positive integer, but is ${sdkAppId}.`);
  if (identifier === "") reject("identifier must be the UserID of an app administrator, but is empty.");
  if ((userSig === undefined) === (secretKey === undefined))
    reject("Exactly one of userSig and secretKey is required.");
  if (userSig === "" || secretKey === "") reject("userSig and secretKey must not be empty.");
  if (users && (users.length === 0 || users.includes("")))
    reject("users must have at least one UserID, and no empty one. Omit it to use generated UserIDs.");
  if (users && new Set(users).size < users.length) reject("users must have each UserID once, but has one twice.");
  if (seed !== undefined && !Number.isInteger(seed)) reject("seed must be an integer.");
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 0))
    reject(`runs must be an integer of at least 0, but is ${runs}.`);
  if (callsPerSecond !== undefined && !(callsPerSecond > 0 && callsPerSecond <= fastest))
    reject(
      `callsPerSecond must be above 0 and at most ${fastest}, four fifths of the description's limit, but is ${callsPerSecond}.`,
    );
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0))
    reject(`timeoutMs must be a positive integer, but is ${timeoutMs}.`);
}
