import { checkMaxResponseBytes } from "./body-limit.ts";
import { checkDuration, checkFunction, checkText } from "./check-option.ts";
import { kind } from "@contact-groups/core/arguments";
import type { Clock } from "@contact-groups/core/clock";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { regions, type Region } from "@contact-groups/openapi/model";
import { logLevels, type Logger, type LogLevel } from "./logger.ts";
import type { AttemptEvent, Middleware, RetryEvent } from "./middleware.ts";
import type { RetryOptions } from "./retry.ts";
import type { Fetch, Transport } from "./transport.ts";
import type { UserSigProvider } from "./user-sig-provider.ts";

interface App {
  /** SDKAppID that the Chat console gave the app. */
  readonly sdkAppId: number;
  /** UserID of an app administrator, case-sensitive. */
  readonly identifier: string;
}

type Credential =
  | {
      /** Secret key of the app: the client makes its UserSigs from it. It is a credential: never send it to a browser. */
      readonly secretKey: string;
      /** Validity of each UserSig made, in seconds; a day unless given. */
      readonly userSigValiditySeconds?: number | undefined;
      readonly userSig?: never;
    }
  | {
      /** UserSig made for the administrator, or a function that gets one. It is a credential: keep it out of logs. */
      readonly userSig: string | UserSigProvider;
      readonly secretKey?: never;
      readonly userSigValiditySeconds?: never;
    };

type Host =
  | {
      /** Region of the app's data. */
      readonly region: Region;
      readonly baseUrl?: never;
    }
  | {
      /** URL of any other host, such as a contract server: `http` or `https`, without query. */
      readonly baseUrl: string;
      readonly region?: never;
    };

interface Behaviour {
  /** Time for each attempt, in milliseconds; 2,000 more than the service allows itself unless given. */
  readonly timeoutMs?: number | undefined;
  /** Time for each call from its first attempt on, with its retries and waits, in milliseconds; 30,000 unless given. */
  readonly deadlineMs?: number | undefined;
  /**
   * Most bytes of a response's body, as sent and once decompressed. A larger one is not read on, and the call rejects with a
   * `ProtocolError`.
   *
   * @default 8388608
   */
  readonly maxResponseBytes?: number | undefined;
  /** How failed calls are repeated; `false` for never. */
  readonly retry?: RetryOptions | false | undefined;
  /** Calls of each operation in a time, instead of those that the service allows; `false` for any number. */
  readonly rateLimit?: { readonly calls: number; readonly seconds: number } | false | undefined;
  /** `false`: requests are sent as they are, unchecked. */
  readonly checks?: boolean | undefined;
  /** `true`: a call that succeeded, but not for all items of its request, rejects with a `PartialFailureError`. */
  readonly throwOnPartialFailure?: boolean | undefined;
  /** Base URL of a docs site with a page per error code, as `@contact-groups/docs` makes it, for the `docsUrl` of errors. */
  readonly docsUrl?: string | undefined;
}

interface Extensions {
  /** Sends a request; the global `fetch` unless given. */
  readonly fetch?: Fetch | undefined;
  /** Sends a request in the place of `fetch`, such as `nodeTransport()`. */
  readonly transport?: Transport | undefined;
  /** Stand around each call, the first one outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Takes what the client logs. Nothing is logged unless given. */
  readonly logger?: Logger | undefined;
  /** Lowest level to be logged; `info` unless given. */
  readonly logLevel?: LogLevel | undefined;
  /** Is told of each attempt that has ended. What it throws is ignored. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Is told of each attempt that is going to be repeated. What it throws is ignored. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Gives a random unsigned 32-bit integer for each attempt; from `crypto.getRandomValues` unless given. */
  readonly random?: (() => number) | undefined;
  /** Time as the client sees it; the machine's unless given. */
  readonly clock?: Clock | undefined;
}

/**
 * What `createClient` needs: the app, a `secretKey` or a `userSig`, and a `region` or a `baseUrl`. Everything else has a default.
 *
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export type ClientOptions = App & Credential & Host & Behaviour & Extensions;

/** Checks the options and returns the base URL they name. Throws an `InvalidArgumentError` that never shows a credential. */
export function checkOptions(options: ClientOptions): string {
  if (typeof options !== "object" || options === null)
    throw new InvalidArgumentError("options", "an object", kind(options));
  const { sdkAppId, userSig, secretKey, region, baseUrl, logLevel, middleware } = options;
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new InvalidArgumentError("sdkAppId", "a positive integer", kind(sdkAppId));
  checkText("identifier", options.identifier);
  if (userSig !== undefined && secretKey !== undefined)
    throw new InvalidArgumentError("secretKey", "no secretKey beside a userSig", "both");
  if (secretKey !== undefined) checkText("secretKey", secretKey);
  else if (typeof userSig !== "function") checkText("userSig", userSig);
  for (const name of ["fetch", "transport", "random", "onAttempt", "onRetry"] as const)
    checkFunction(name, options[name]);
  middleware?.forEach((one, index) => checkFunction(`middleware/${index}`, one ?? null));
  checkDuration("timeoutMs", options.timeoutMs);
  checkDuration("deadlineMs", options.deadlineMs);
  checkMaxResponseBytes(options.maxResponseBytes);
  if (logLevel !== undefined && !logLevels.includes(logLevel))
    throw new InvalidArgumentError("logLevel", logLevels.join(", "), kind(logLevel));
  if (options.docsUrl !== undefined) checkUrl("docsUrl", options.docsUrl);
  if (region !== undefined && baseUrl !== undefined)
    throw new InvalidArgumentError("baseUrl", "no baseUrl beside a region", "both");
  if (baseUrl !== undefined) return checkUrl("baseUrl", baseUrl);
  if (typeof region === "string" && Object.hasOwn(regions, region)) return regions[region];
  // A credential in the wrong place would be shown.
  const secret = [userSig, secretKey].some((text) => typeof text === "string" && String(region).includes(text));
  const found = typeof region === "string" && !secret ? JSON.stringify(region) : kind(region);
  throw new InvalidArgumentError("region", `${Object.keys(regions).join(", ")}, or a baseUrl in its place`, found);
}

/** Names what is wrong with the URL instead of showing it: a pasted one can hold credentials. Returns it without slashes at its end. */
export function checkUrl(option: string, value: unknown): string {
  const wrong = (found: string) =>
    new InvalidArgumentError(option, "an http or https URL without credentials, query or fragment", found);
  if (typeof value !== "string") throw wrong(kind(value));
  if (!URL.canParse(value)) throw wrong("text that is not a URL");
  const url = new URL(value);
  if (!/^https?:$/.test(url.protocol)) throw wrong("a URL of another scheme");
  if (url.username !== "" || url.password !== "") throw wrong("a URL with credentials");
  if (url.search !== "") throw wrong("a URL with a query");
  if (url.hash !== "") throw wrong("a URL with a fragment");
  return url.href.replace(/\/+$/, "");
}
