import * as core from "@contact-groups/core/arguments";
import type { Clock } from "@contact-groups/core/clock";
import { regions, type Region } from "@contact-groups/openapi/model";
import { checkDuration, checkQueueTime, checkRate, type DisputedLimit } from "./call.ts";
import { InvalidArgumentError } from "./errors.ts";
import { logLevels, type Logger, type LogLevel } from "./logger.ts";
import type { AttemptEvent, Middleware, RetryEvent } from "./middleware.ts";
import { checkNames, clientOptionNames, retryOptionNames } from "./option-names.ts";
import { checkPresent } from "./preconditions.ts";
import type { Rate, RateLimiter } from "./rate-limiter.ts";
import type { RetryOptions } from "./retry.ts";
import type { Fetch, Transport } from "./transport.ts";
import type { UserSigProvider } from "./user-sig-source.ts";

interface App {
  /** SDKAppID that the Chat console gave the app. */
  readonly sdkAppId: number;
  /** UserID of an app administrator, case-sensitive. */
  readonly identifier: string;
}

// The last alternative is the one that the compiler names where none fits.
type Credential =
  | {
      /** UserSig of the administrator, or a function that returns one. It is a credential: keep it out of logs. */
      readonly userSig: string | UserSigProvider;
      readonly secretKey?: never;
      readonly userSigValiditySeconds?: never;
    }
  | {
      /** Secret key of the app: the client signs its UserSigs with it. It is a credential: never send it to a browser. */
      readonly secretKey: string;
      /**
       * Validity of each UserSig that the client signs, in seconds.
       *
       * @default 86400
       */
      readonly userSigValiditySeconds?: number | undefined;
      readonly userSig?: never;
    };

type HostOptions =
  | {
      /** URL of any other host, such as a contract server: `http` or `https`, without query. */
      readonly baseUrl: string;
      readonly region?: never;
    }
  | {
      /** Region of the app's data. */
      readonly region: Region;
      readonly baseUrl?: never;
    };

interface Behaviour {
  /**
   * Time for each attempt, in milliseconds.
   *
   * @default 2,000 more than the time limit of the service itself
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Time for each call from its first attempt on, with its retries and waits, in milliseconds.
   *
   * @default 30000
   */
  readonly deadlineMs?: number | undefined;
  /**
   * Maximum number of bytes of a response's body, as sent and once decompressed. A larger one is not read to its end, and the call rejects with a
   * `ProtocolError`.
   *
   * @default 8388608
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * How failed calls are retried; `false` for never.
   *
   * @default the defaults of `RetryOptions`
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Maximum number of calls of each operation in a number of seconds, or a limiter that decides; `false` for any number. Clients of the same app,
   * host and rate share one limit in a process.
   *
   * @default the rate that the service allows each operation
   */
  readonly rateLimit?: Rate | RateLimiter | false | undefined;
  /**
   * Maximum time of a call in the queue for the rate limit, in milliseconds; `Infinity` for any. Then it rejects with a `QueueError`.
   *
   * @default a minute in the lane "interactive", `Infinity` in the lane "bulk"
   */
  readonly maxQueueMs?: number | undefined;
  /**
   * Whether requests are checked before they are sent. Where documents dispute a limit, such as that of a group's name, of 32 or 64 bytes, the larger
   * one counts, so that what the service may accept is sent; with `{ disputed: "smaller" }` a request is valid according to every document.
   *
   * @default true
   */
  readonly checks?: boolean | { readonly disputed?: DisputedLimit | undefined } | undefined;
  /**
   * Whether a call that succeeded, but not for all items of its request, rejects with a `PartialFailureError`.
   *
   * @default false
   */
  readonly throwOnPartialFailure?: boolean | undefined;
  /**
   * Base URL of a docs site with a page for each error code, as `@contact-groups/docs` builds it, for the `docsUrl` of errors.
   *
   * @default the official documents
   */
  readonly docsUrl?: string | undefined;
}

interface Extensions {
  /**
   * Sends the requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: Fetch | undefined;
  /** Sends the requests instead of `fetch`, such as `nodeTransport()`. */
  readonly transport?: Transport | undefined;
  /** Wrap each call; the first is outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Receives what the client logs. By default it logs nothing. */
  readonly logger?: Logger | undefined;
  /**
   * Lowest level that is logged. By default, calls that succeed are not.
   *
   * @default "warn"
   */
  readonly logLevel?: LogLevel | undefined;
  /** Called after each attempt. Exceptions that it throws are ignored. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Called before the wait for each retry. Exceptions that it throws are ignored. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * Returns a random unsigned 32-bit integer for each attempt.
   *
   * @default numbers of `crypto.getRandomValues`
   */
  readonly random?: (() => number) | undefined;
  /**
   * Source of time and timers.
   *
   * @default the clock of the machine
   */
  readonly clock?: Clock | undefined;
}

/**
 * Options of `createClient`: the app, a `secretKey` or a `userSig`, and a `region` or a `baseUrl`. Everything else has a default.
 *
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export type ClientOptions = App & Credential & HostOptions & Behaviour & Extensions;

/**
 * Checks the options.
 *
 * @returns The base URL that they name.
 * @throws `InvalidArgumentError` that never shows a credential.
 */
export function checkOptions(options: ClientOptions): string {
  checkNames("options", options, clientOptionNames);
  const { sdkAppId, userSig, secretKey, region, baseUrl, logLevel, middleware = [], clock } = options;
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new InvalidArgumentError("sdkAppId", "a positive integer", core.kind(sdkAppId));
  core.checkText("identifier", options.identifier, InvalidArgumentError);
  if (userSig !== undefined && secretKey !== undefined)
    throw new InvalidArgumentError("secretKey", "undefined where userSig is given", "given as well");
  if (userSig === undefined && secretKey === undefined)
    throw new InvalidArgumentError("secretKey", "a non-empty string where there is no userSig", "undefined");
  if (secretKey !== undefined) core.checkCredential("secretKey", secretKey, InvalidArgumentError);
  else if (typeof userSig !== "function") core.checkCredential("userSig", userSig, InvalidArgumentError);
  for (const name of ["fetch", "transport", "random", "onAttempt", "onRetry"] as const)
    checkFunction(name, options[name]);
  if (!Array.isArray(middleware)) throw new InvalidArgumentError("middleware", "an array", core.kind(middleware));
  middleware.forEach((one, index) => checkFunction(`middleware/${index}`, one ?? null));
  if (clock !== undefined)
    for (const name of ["now", "after"] as const) checkFunction(`clock.${name}`, clock?.[name] ?? null);
  checkFunction("clock.monotonic", clock?.monotonic);
  for (const name of ["retry", "rateLimit"] as const)
    if (options[name] && typeof options[name] !== "object")
      throw new InvalidArgumentError(name, "an object or false", core.kind(options[name]));
  if (options.retry) checkNames("retry", options.retry, retryOptionNames);
  checkDisputed(options.checks);
  checkDuration("timeoutMs", options.timeoutMs);
  checkDuration("deadlineMs", options.deadlineMs);
  checkRateLimit(options.rateLimit);
  checkQueueTime(options.maxQueueMs);
  checkMaxResponseBytes(options.maxResponseBytes);
  if (logLevel !== undefined && !logLevels.includes(logLevel))
    throw new InvalidArgumentError("logLevel", `one of ${logLevels.join(", ")}`, core.kind(logLevel));
  if (options.docsUrl !== undefined) checkUrl("docsUrl", options.docsUrl);
  if (region !== undefined && baseUrl !== undefined)
    throw new InvalidArgumentError("baseUrl", "undefined where region is given", "given as well");
  checkRuntime(options);
  if (baseUrl !== undefined) return checkUrl("baseUrl", baseUrl);
  if (typeof region === "string" && Object.hasOwn(regions, region)) return regions[region];
  // A credential in the wrong place would be shown.
  const secret = [userSig, secretKey].some((text) => typeof text === "string" && String(region).includes(text));
  const found = typeof region === "string" && !secret ? JSON.stringify(region) : core.kind(region);
  throw new InvalidArgumentError("region", `one of ${Object.keys(regions).join(", ")} unless baseUrl is given`, found);
}

function checkDisputed(checks: ClientOptions["checks"]): void {
  if (checks === undefined || typeof checks === "boolean") return;
  if (typeof checks !== "object" || !["smaller", "larger"].includes((checks ?? { disputed: "" }).disputed ?? "larger"))
    throw new InvalidArgumentError("checks", 'a boolean or { disputed: "smaller" or "larger" }', core.kind(checks));
}

/** Throws unless the runtime has what the client uses with these options. Not every runtime has all: a page without https has no `crypto.subtle`. */
function checkRuntime({ fetch, transport, secretKey, random }: ClientOptions): void {
  const { fetch: own, crypto, AbortController }: Partial<typeof globalThis> = globalThis;
  checkPresent("AbortController", AbortController, "");
  if (!fetch && !transport) checkPresent("fetch", own, ", or the option fetch or transport");
  if (!random) checkPresent("crypto", crypto, ", or the option random");
  if (secretKey !== undefined) checkPresent("crypto.subtle", crypto?.subtle, ", as in a page with https, or a userSig");
}

/**
 * Checks a URL.
 *
 * @returns The URL without slashes at its end.
 * @throws `InvalidArgumentError` that says what is wrong and does not show the URL: a pasted one can contain credentials.
 */
export function checkUrl(option: string, value: unknown): string {
  const wrong = (found: string) =>
    new InvalidArgumentError(option, "an http or https URL without credentials, query or fragment", found);
  if (typeof value !== "string") throw wrong(core.kind(value));
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw wrong("a string that is not a URL");
  }
  if (!/^https?:$/.test(url.protocol)) throw wrong("a URL of another scheme");
  if (url.username !== "" || url.password !== "") throw wrong("a URL with credentials");
  if (url.search !== "") throw wrong("a URL with a query");
  if (url.hash !== "") throw wrong("a URL with a fragment");
  return url.href.replace(/\/+$/, "");
}

/** Throws unless the value is a function or undefined. */
function checkFunction(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw new InvalidArgumentError(option, "a function", core.kind(value));
}

/** Throws unless the object is a limiter or a rate. */
function checkRateLimit(value: Rate | RateLimiter | false | undefined): void {
  if (!value) return;
  if ("acquire" in value) checkFunction("rateLimit.acquire", value.acquire);
  else checkRate("rateLimit", value);
}

/** The longest text that Node.js and Chromium can hold. UTF-8 has a byte or more for each unit of it. */
const mostBytes = 2 ** 29 - 24;

/** Throws unless the value is a number of bytes that a text can have, or undefined. */
function checkMaxResponseBytes(value: unknown): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= mostBytes))
    throw new InvalidArgumentError(
      "maxResponseBytes",
      `a whole number of bytes from 1 to ${mostBytes}`,
      core.kind(value),
    );
}
