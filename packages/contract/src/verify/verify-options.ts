import type { Clock } from "@contact-groups/core/clock";
import { operations } from "../operations.ts";
import type { ScenarioResult, VerifyPlan } from "./scenario.ts";

/** What is verified, and how. */
export interface VerifyOptions {
  /** Origin of the provider, for example `https://adminapisgp.im.qcloud.com`. */
  readonly baseUrl: string;
  readonly sdkAppId: number;
  /** UserID of an administrator of the app. */
  readonly identifier: string;
  /** A UserSig of the administrator; or `secretKey`. */
  readonly userSig?: string;
  /** The app's key. With it the checks of the UserSig are verified, too. */
  readonly secretKey?: string;
  /**
   * UserIDs of imported accounts without groups and marks, which the scenarios use and write to. Without them UserIDs are made up, for a
   * provider that knows every UserID.
   */
  readonly users?: readonly string[];
  /** GroupID of a chat group of which all `users` are members. */
  readonly chatGroup?: string;
  /** UserID whose first conversation is one-to-one and has marks. */
  readonly markedUser?: string;
  /** Makes no call that writes, and none that other callers would feel. */
  readonly readOnly?: boolean;
  /** More calls in a second than are allowed, to see that they are refused. Not against a host of the service unless set. */
  readonly burst?: boolean;
  /** Leaves out what no document says. */
  readonly documentedOnly?: boolean;
  /** IDs of scenarios, their beginnings up to a `/`, or groups. */
  readonly only?: readonly string[];
  /**
   * Scenarios that may be left out when something that they need is missing, named as in `only`; `true` for all. Others that do not run make
   * `exitCode` 3. What `readOnly`, `documentedOnly` and `burst: false` leave out needs no permission.
   *
   * @default []
   */
  readonly allowSkipped?: true | readonly string[];
  /** Of the random bodies; any number unless given. */
  readonly seed?: number;
  /** Random bodies per operation and kind; 25 unless given, 0 for none. */
  readonly runs?: number;
  /** Calls per second, at most and by default four fifths of the description's limit. */
  readonly callsPerSecond?: number;
  /** Time for one answer in milliseconds; 10,000 unless given. */
  readonly timeoutMs?: number;
  /** Allows writing to a host of the service. */
  readonly yes?: boolean;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  /** From 0 to 1, 1 not included. */
  readonly random?: () => number;
  /** Called before the first call, and again when other accounts are chosen because some have groups or marks already. */
  readonly onPlan?: (plan: VerifyPlan) => void;
  /** Called after each scenario. */
  readonly onProgress?: (result: ScenarioResult, done: number, total: number) => void;
}

/** Verification cannot begin: an option is wrong, or the provider cannot be reached or does not let the caller in. */
export class VerifyError extends Error {
  override readonly name = "VerifyError";
}

/** Part of the description's rate that is used, so that other callers of the app have the rest. */
const shareOfRate = 0.8;

/** Calls per second that are made at most. */
export const fastest: number =
  shareOfRate * Math.min(...operations.map(({ rate: { calls, seconds } }) => calls / seconds));

/** Throws a `VerifyError` that names the option which is wrong. Shows no credential. */
export function checkOptions(options: VerifyOptions): void {
  const { baseUrl, sdkAppId, identifier, userSig, secretKey, users, seed, runs, callsPerSecond, timeoutMs } = options;
  const refuse = (problem: string): never => {
    throw new VerifyError(problem);
  };
  const url = URL.canParse(baseUrl)
    ? new URL(baseUrl)
    : refuse("baseUrl must be a URL such as https://adminapisgp.im.qcloud.com.");
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse("baseUrl must begin with https:// or http://.");
  if (url.search !== "" || url.hash !== "")
    refuse("baseUrl must have no query: the credentials are options of their own.");
  if (url.username !== "" || url.password !== "") refuse("baseUrl must have no user name and no password.");
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0) refuse("sdkAppId must be a positive integer.");
  if (identifier === "") refuse("identifier must be the UserID of an administrator.");
  if ((userSig === undefined) === (secretKey === undefined)) refuse("Give either userSig or secretKey.");
  if (userSig === "" || secretKey === "") refuse("userSig and secretKey must not be empty.");
  if (users && (users.length === 0 || users.includes(""))) refuse("users must have UserIDs, none of them empty.");
  if (users && new Set(users).size < users.length) refuse("users has a UserID twice.");
  if (seed !== undefined && !Number.isInteger(seed)) refuse("seed must be an integer.");
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 0)) refuse("runs must be an integer of at least 0.");
  if (callsPerSecond !== undefined && !(callsPerSecond > 0 && callsPerSecond <= fastest))
    refuse(`callsPerSecond must be above 0 and at most ${fastest}, four fifths of the description's limit.`);
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0))
    refuse("timeoutMs must be a positive integer.");
}
