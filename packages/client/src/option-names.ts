/** Finds misspelt options of programs that no compiler checks. */
import { kind } from "@contact-groups/core/arguments";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { BatchInit, CallInit, EndpointInit, IterateInit } from "./call-init.ts";
import type { ClientOptions } from "./client-options.ts";
import { InvalidArgumentError } from "./errors.ts";
import type { RetryOptions } from "./retry.ts";

type NamesOf<Options> = Readonly<Record<Options extends unknown ? keyof Options : never, 1>>;

/** The options of a client. */
export const clientOptionNames: NamesOf<ClientOptions> = {
  sdkAppId: 1,
  identifier: 1,
  secretKey: 1,
  userSigValiditySeconds: 1,
  userSig: 1,
  region: 1,
  baseUrl: 1,
  timeoutMs: 1,
  deadlineMs: 1,
  maxQueueMs: 1,
  maxResponseBytes: 1,
  retry: 1,
  rateLimit: 1,
  checks: 1,
  throwOnPartialFailure: 1,
  docsUrl: 1,
  fetch: 1,
  transport: 1,
  middleware: 1,
  logger: 1,
  logLevel: 1,
  onAttempt: 1,
  onRetry: 1,
  random: 1,
  clock: 1,
};

/** The options of a call. */
export const callOptionNames: NamesOf<BatchInit | IterateInit | EndpointInit> = {
  headers: 1,
  signal: 1,
  timeoutMs: 1,
  deadlineMs: 1,
  retry: 1,
  retryUnsafe: 1,
  concurrency: 1,
  lane: 1,
  maxQueueMs: 1,
  rate: 1,
  onProgress: 1,
  resume: 1,
};

/** The options of `retry`. */
export const retryOptionNames: NamesOf<RetryOptions> = {
  maxAttempts: 1,
  baseDelayMs: 1,
  maxDelayMs: 1,
  retryUnsafe: 1,
  budget: 1,
};

/** Throws unless the value is an object without misspelt options. Other properties are ignored: the object can be part of a larger configuration. */
export function checkNames(argument: string, options: unknown, names: object): void {
  if (typeof options !== "object" || options === null)
    throw new InvalidArgumentError(argument, "an object", kind(options));
  for (const name in options) {
    const meant = name in names ? undefined : didYouMean(name, Object.keys(names));
    if (meant !== undefined)
      throw new InvalidArgumentError(name, "", "", { message: `There is no option ${name}. Did you mean ${meant}?` });
  }
}

/** Throws unless the options of a call are an object with known names. Throws the signal's reason if it is aborted. */
export function checkInit(init: CallInit & { readonly onProgress?: unknown }): void {
  checkNames("init", init, callOptionNames);
  const { onProgress, signal } = init;
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new InvalidArgumentError("onProgress", "a function", kind(onProgress));
  if (signal !== undefined && typeof signal?.addEventListener !== "function")
    throw new InvalidArgumentError("signal", "an AbortSignal", kind(signal));
  if (signal?.aborted) throw signal.reason;
}
