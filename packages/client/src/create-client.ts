import { fetchTransport } from "./backend.ts";
import { defaultMaxResponseBytes } from "./body-limit.ts";
import { limits, type CredentialParameter, type OperationId, type QueryParameter } from "@contact-groups/openapi/model";
import { sendParts } from "./batch.ts";
import { call, type CallSetting } from "./call.ts";
import { checkRequest } from "./check-request.ts";
import type { CallInit, Client, IterateInit } from "./client.ts";
import { checkOptions, checkUrl, type ClientOptions } from "./client-options.ts";
import { systemClock } from "@contact-groups/core/clock";
import { declared } from "./declared.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import type { operations as OperationTypes } from "@contact-groups/openapi/types";
import { createLog } from "./logger.ts";
import { compose } from "./middleware.ts";
import { iterate } from "./pages.ts";
import { toPartialResult } from "./partial-failure.ts";
import { systemRandom } from "./random.ts";
import { rateLimiterFor, ratesOf } from "./rate-limiter.ts";
import { createRedactor } from "@contact-groups/core/redact";
import { createRetryPolicy } from "./retry.ts";
import { toSafe } from "./safe.ts";
import type { Send } from "./send.ts";
import { createUserSigSource } from "./user-sig-source.ts";

const signature = "usersig" satisfies CredentialParameter;

/**
 * Makes a client for one app and host. It keeps the credentials to itself: no property, text or error of it shows them.
 *
 * @param options The app, a `secretKey` or a `userSig`, and a `region` or a `baseUrl`. Throws an `InvalidArgumentError` if one is
 *   missing or wrong.
 * @example
 * ```ts
 * import { createClient } from "@contact-groups/client";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "singapore" });
 * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = checkOptions(options);
  const { sdkAppId, clock = systemClock, random = systemRandom, retry = {}, rateLimit, middleware = [] } = options;
  const userSig = createUserSigSource({ ...options, validitySeconds: options.userSigValiditySeconds }, clock);
  const rates = ratesOf(rateLimit || undefined);
  const setting: CallSetting = {
    clock,
    transport: options.transport ?? fetchTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init))),
    userSig,
    limiter: rateLimit === false ? undefined : rateLimiterFor(`${sdkAppId} ${baseUrl}`, rates, clock),
    redact: createRedactor(signature, () => userSig.secrets()),
    docsUrl: options.docsUrl === undefined ? undefined : checkUrl("docsUrl", options.docsUrl),
    url: urlMaker(baseUrl, options, random),
    maxResponseBytes: options.maxResponseBytes ?? defaultMaxResponseBytes,
    checks: options.checks ?? true,
    timeoutMs: options.timeoutMs ?? limits.serviceTimeout.maximum * 1000 + 2000,
    deadlineMs: options.deadlineMs ?? 30_000,
    retry: retry ? createRetryPolicy(retry, () => random() / 2 ** 32, clock) : undefined,
    retryUnsafe: retry && (retry.retryUnsafe ?? false),
    log: createLog(options.logger, options.logLevel ?? "info"),
    onAttempt: options.onAttempt,
    onRetry: options.onRetry,
  };
  const run = compose(middleware, (input) => call(setting, input));
  const send: Send = <Operation extends OperationId>(operation: Operation, body: object, init: CallInit = {}) =>
    // The service's answer is what the description says it is; only its envelope has been read.
    run({ operation, body, init, serverUrl: baseUrl, path: declared[operation].path }) as ReturnType<
      typeof send<Operation>
    >;

  const client: Record<string, unknown> = {};
  const safe: Record<string, unknown> = {};
  for (const operation of Object.keys(declared) as OperationId[]) {
    const method = methodOf(send, operation, setting.checks, options.throwOnPartialFailure);
    client[operation] = method;
    safe[operation] = toSafe(method);
    const { paging } = declared[operation];
    if (paging) client[paging.iterator] = (body: object, init?: IterateInit) => iterate(send, operation, body, init);
  }
  // The types say of each operation what the description declares, as `methodOf` does.
  return Object.freeze({ ...client, safe: Object.freeze(safe) }) as object as Client;
}

type Method = (body: object, init?: CallInit) => Promise<object>;

/** Makes the method of an operation from what the description declares of it. */
function methodOf(send: Send, operation: OperationId, checks: boolean, throwOnPartialFailure?: boolean): Method {
  const { batch, itemResults } = declared[operation];
  // A list that is sent in parts is checked whole before the first of them.
  const check = checks ? (body: object) => checkRequest(operation, body, { anyLength: true }) : undefined;
  const respond: Method = batch
    ? (body, init) => sendParts(send, operation, body, init, check)
    : (body, init) => send(operation, body, init);
  if (!itemResults) return respond;
  return async (body, init) => toPartialResult(operation, await respond(body, init), body, throwOnPartialFailure);
}

/** Makes the URLs of calls. What is the same in all of them is put together once. */
function urlMaker(baseUrl: string, options: ClientOptions, random: () => number): CallSetting["url"] {
  const constant = {
    sdkappid: String(options.sdkAppId),
    identifier: options.identifier,
    contenttype: "json" satisfies OperationTypes[OperationId]["parameters"]["query"]["contenttype"],
  } satisfies Partial<Record<QueryParameter, string>>;
  const query = Object.entries(constant).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const nonce = "random" satisfies QueryParameter;

  return (operation, userSig) => {
    const value = random();
    if (value >>> 0 !== value)
      throw new InvalidArgumentError("random", "a function that returns an unsigned 32-bit integer", String(value));
    return `${baseUrl}${declared[operation].path}?${query.join("&")}&${signature}=${encodeURIComponent(userSig)}&${nonce}=${value}`;
  };
}
