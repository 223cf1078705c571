import { kind } from "@contact-groups/core/arguments";
import { systemClock } from "@contact-groups/core/clock";
import { createRedactor } from "@contact-groups/core/redact";
import {
  credentials,
  limits,
  requestBodies,
  type CredentialParameter,
  type OperationId,
  type QueryParameter,
} from "@contact-groups/openapi/model";
import type { operations as OperationTypes } from "@contact-groups/openapi/types";
import { sendParts } from "./batch.ts";
import type { CallInit, IterateInit, Send } from "./call-init.ts";
import { call, checkRequest, type CallSetting, type DisputedLimit } from "./call.ts";
import { checkOptions, checkUrl, type ClientOptions } from "./client-options.ts";
import type { Client, OperationError, SafeResult } from "./client.ts";
import {
  declared,
  endpointAt,
  endpointOf,
  operationIds,
  withoutResponseOnly,
  type Endpoint,
  type EndpointPath,
  type ItemOperation,
} from "./declared.ts";
import { ContactGroupsError, InvalidArgumentError, PartialFailureError } from "./errors.ts";
import { createLog } from "./logger.ts";
import { describe, metadataOf } from "./metadata.ts";
import { compose, type ClientStatus } from "./middleware.ts";
import { iterate } from "./pages.ts";
import { sharedRateLimiter } from "./memory-rate-limiter.ts";
import { findFailures } from "./partial-failure.ts";
import { createRetryPolicy } from "./retry.ts";
import { defaultMaxResponseBytes, fetchTransport } from "./transport.ts";
import { createUserSigSource } from "./user-sig-source.ts";

const signature = "usersig" satisfies CredentialParameter;

/**
 * Creates a client for one app and host. None of its properties, texts or errors shows a credential.
 *
 * @param options The app, a `secretKey` or a `userSig`, and a `region` or a `baseUrl`.
 * @returns An object with a method for each operation.
 * @throws `InvalidArgumentError` if an option is missing or invalid.
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
  const { limiter, rate } = !rateLimit || "acquire" in rateLimit ? { limiter: rateLimit } : { rate: rateLimit };
  const setting: CallSetting = {
    clock,
    transport:
      options.transport ?? fetchTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)), clock),
    userSig,
    limiter: limiter === false ? undefined : (limiter ?? sharedRateLimiter(clock)),
    rateKey: (operation) => ({ sdkAppId, host: baseUrl, operation, rate: rate ?? endpointOf(operation).rate }),
    redact: createRedactor(signature, credentials, () => userSig.secrets()),
    docsUrl: options.docsUrl === undefined ? undefined : checkUrl("docsUrl", options.docsUrl),
    url: urlBuilder(baseUrl, options, random),
    maxResponseBytes: options.maxResponseBytes ?? defaultMaxResponseBytes,
    checks: disputedOf(options.checks),
    timeoutMs: options.timeoutMs ?? limits.serviceTimeout.maximum * 1000 + 2000,
    deadlineMs: options.deadlineMs ?? 30_000,
    maxQueueMs: options.maxQueueMs,
    retry: retry ? createRetryPolicy(retry, () => random() / 2 ** 32, clock) : undefined,
    retryUnsafe: retry && (retry.retryUnsafe ?? false),
    log: createLog(options.logger, options.logLevel ?? "warn"),
    onAttempt: options.onAttempt,
    onRetry: options.onRetry,
  };
  const status = (operation: Endpoint): ClientStatus => ({
    rate: setting.limiter?.status?.(setting.rateKey(operation)),
    retriesLeft: setting.retry?.left(),
  });
  const run = compose(middleware, (input) => call(setting, input));
  const sendTo = (operation: Endpoint, body: object, init: CallInit = {}): Promise<object> =>
    run({ operation, body, init, serverUrl: baseUrl, path: endpointOf(operation).path, status });
  // The response is taken to be as the description says; only its envelope was read.
  const send = sendTo as Send;

  const callEndpoint = async (path: EndpointPath, body: object, init?: CallInit): Promise<object> =>
    sendTo(checkPath(path), body, init);
  const client: Record<string, unknown> = { call: callEndpoint };
  const safe: Record<string, unknown> = { call: toSafe(callEndpoint) };
  for (const operation of operationIds) {
    const method = methodOf(send, operation, setting.checks, options.throwOnPartialFailure);
    client[operation] = method;
    safe[operation] = toSafe(method);
    const { paging } = declared[operation];
    if (paging) client[paging.iterator] = (body: object, init?: IterateInit) => iterate(send, operation, body, init);
  }
  // The types follow the declaration of each operation, as `methodOf` does.
  return { ...client, safe } as object as Client;
}

/** Returns the endpoint at a path. Throws unless the path is one that nothing can lead elsewhere. */
function checkPath(path: EndpointPath): Endpoint {
  if (!/^v4(?:\/[\w-]+)+$/.test(path))
    throw new InvalidArgumentError(
      "path",
      'an endpoint such as "v4/openim/sendmsg", without host and query',
      kind(path),
    );
  return endpointAt(path);
}

type Method = (body: object, init?: CallInit) => Promise<object>;

/** Returns which limit counts where documents dispute it; undefined where requests are not checked. */
function disputedOf(checks: ClientOptions["checks"] = true): DisputedLimit | undefined {
  return checks ? (checks !== true && checks.disputed) || "larger" : undefined;
}

/** Creates the method of an operation from its declaration. */
function methodOf(
  send: Send,
  operation: OperationId,
  disputed: DisputedLimit | undefined,
  throwOnPartialFailure?: boolean,
): Method {
  const { batch, itemResults } = declared[operation];
  const toRequest = (body: object) => withoutResponseOnly(requestBodies[operation], body) as object;
  if (!batch && !itemResults) return (body, init) => send(operation, toRequest(body), init);
  // A list that is sent in parts is checked whole before the first of them.
  const check = disputed && ((body: object) => checkRequest(operation, body, { anyLength: true, disputed }));
  return async (given, init) => {
    const body = toRequest(given);
    const { result, total } = batch
      ? await sendParts(send, operation, body, init, check)
      : findFailures(operation, await send(operation, body, init), body);
    if (throwOnPartialFailure && result.failures?.length > 0)
      throw describe(new PartialFailureError(operation as ItemOperation, result as never, total), metadataOf(result));
    return result;
  };
}

/** Creates the function that builds the URLs of calls. What all of them share is built once. */
function urlBuilder(baseUrl: string, options: ClientOptions, random: () => number): CallSetting["url"] {
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
      throw new InvalidArgumentError(
        "random",
        "a function that returns an unsigned 32-bit integer",
        `one that returned ${value}`,
      );
    return `${baseUrl}${endpointOf(operation).path}?${query.join("&")}&${signature}=${encodeURIComponent(userSig)}&${nonce}=${value}`;
  };
}

/**
 * Creates a source of random unsigned 32-bit integers. It gets many at a time, because each request for some has a cost.
 *
 * @param fill Fills an array with random numbers.
 */
export function createRandom(fill: (numbers: Uint32Array<ArrayBuffer>) => void): () => number {
  const numbers = new Uint32Array(64);
  let used = numbers.length;
  return () => {
    if (used === numbers.length) {
      fill(numbers);
      used = 0;
    }
    return numbers[used++] ?? 0;
  };
}

/** The random numbers of the machine. */
const systemRandom: () => number = createRandom((numbers) => void crypto.getRandomValues(numbers));

/** Turns a method that throws into one that does not. */
function toSafe<Arguments extends unknown[]>(
  method: (...given: Arguments) => Promise<object>,
): (...given: Arguments) => Promise<SafeResult<OperationId, object>> {
  return (...given) =>
    method(...given).then(
      (data) => ({ ok: true, data }),
      (error: unknown) => {
        if (error instanceof ContactGroupsError) return { ok: false, error: error as OperationError<OperationId> };
        throw error;
      },
    );
}
