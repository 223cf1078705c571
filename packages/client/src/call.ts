/** Makes one call: checks its request, then makes attempts until one succeeds or the retry policy ends it. */
import { kind } from "@contact-groups/core/arguments";
import { check, explain } from "@contact-groups/core/check";
import { monotonic, sleep } from "@contact-groups/core/clock";
import type { Redactor } from "@contact-groups/core/redact";
import { requestBodies, type Field, type OperationId } from "@contact-groups/openapi/model";
import { isThrottled, makeAttempt, type AttemptSetting, type CallState } from "./attempt.ts";
import type { CallHeaders } from "./call-init.ts";
import { endpointOf, type Endpoint } from "./declared.ts";
import { ApiError, ContactGroupsError, InvalidArgumentError } from "./errors.ts";
import { checkInit } from "./option-names.ts";
import { quietly, type Log } from "./logger.ts";
import { attach, describeFailure, metadataReader } from "./metadata.ts";
import type { AttemptEvent, MiddlewareCall, RetryEvent } from "./middleware.ts";
import type { Rate } from "./rate-limiter.ts";
import { didNotReachHost, type RetryPolicy } from "./retry.ts";

/** What all calls of a client have in common. */
export interface CallSetting extends AttemptSetting {
  /** How requests are checked; undefined if they are not. */
  readonly checks: DisputedLimit | undefined;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxQueueMs: number | undefined;
  readonly retry: RetryPolicy | undefined;
  readonly retryUnsafe: boolean;
  readonly log: Log | undefined;
  readonly onAttempt: ((event: AttemptEvent) => void) | undefined;
  readonly onRetry: ((event: RetryEvent) => void) | undefined;
}

const jsonHeaders = { "content-type": "application/json" };

/**
 * Makes one call, with as many attempts as the retry policy allows.
 *
 * @returns The body of a successful response.
 * @throws `ContactGroupsError`, or the reason of the caller's signal.
 */
export async function call(
  setting: CallSetting,
  { operation, body, init, onAttempt }: Pick<MiddlewareCall, "operation" | "body" | "init" | "onAttempt">,
): Promise<object> {
  const { clock, redact, log } = setting;
  checkInit(init);
  const { signal, timeoutMs = setting.timeoutMs, deadlineMs = setting.deadlineMs, lane = "interactive" } = init;
  const { maxQueueMs = setting.maxQueueMs ?? (lane === "bulk" ? Infinity : 60_000) } = init;
  checkDuration("timeoutMs", timeoutMs);
  checkDuration("deadlineMs", deadlineMs);
  checkQueue(lane, maxQueueMs);
  if (init.rate !== undefined) checkRate("rate", init.rate);
  if (setting.checks) checkRequest(operation, body, { disputed: setting.checks });
  const state: CallState = {
    operation,
    body: toJson(operation, body, redact),
    idempotent: endpointOf(operation).idempotent,
    headers: init.headers === undefined ? jsonHeaders : toHeaders(init.headers, redact),
    signal,
    timeoutMs,
    deadlineMs,
    rate: init.rate,
    lane,
    maxQueueMs,
    attempt: 0,
    deadline: Infinity,
    sent: false,
    startedAt: 0,
    sentAt: 0,
    waitedMs: 0,
    usedSig: "",
    renewable: setting.userSig.origin !== "text",
    status: undefined,
    response: undefined,
    retryAfterMs: undefined,
  };

  const beganAt = monotonic(clock);
  let attempts = 0;
  let openMs = 0;
  /** Attempts that the service throttled. */
  let throttles = 0;
  for (;;) {
    state.attempt++;
    state.sent = false;
    state.status = undefined;
    state.response = undefined;
    state.waitedMs = 0;
    state.retryAfterMs = undefined;
    try {
      const result = await makeAttempt(setting, state);
      setting.retry?.succeeded();
      const metadata = ended(undefined);
      log?.("info", `${operation} succeeded`, { operation, attempts });
      return attach(result, () => metadata(result));
    } catch (error) {
      ended(error);
      if (signal?.aborted || !(error instanceof ContactGroupsError)) throw error;
      const delayMs = delayOf(error);
      if (delayMs === undefined) {
        const { code, name } = error;
        log?.("error", error.message, { operation, attempts, error: name, code });
        throw error;
      }
      const event: RetryEvent = { operation, attempt: state.attempt, delayMs, error };
      if (setting.onRetry) quietly(() => setting.onRetry?.(event));
      log?.("warn", `${error.message} - retry in ${delayMs} ms`, { ...event, error: error.name, code: error.code });
      await sleep(clock, delayMs, signal);
    }
  }

  /** Milliseconds until the next attempt; undefined if there is none. */
  function delayOf(error: ContactGroupsError): number | undefined {
    if (init.retry === false || error.kind === "queue") return undefined;
    const throttled = isThrottled(state, error);
    if (throttled) throttles++;
    // A bulk job waits as long as the service asks.
    if (throttled && lane === "bulk") state.deadline += state.retryAfterMs ?? 0;
    const decision = setting.retry?.decide({
      error,
      operation,
      attempt: throttled ? throttles : state.attempt - throttles,
      throttled,
      limited: setting.limiter !== undefined,
      idempotent: state.idempotent || (init.retryUnsafe ?? setting.retryUnsafe),
      retryAfterMs: state.retryAfterMs,
      surelyNotRun: !state.sent || state.status === 429 || didNotReachHost(error.cause),
    });
    return decision && monotonic(clock) + decision.delayMs < state.deadline ? decision.delayMs : undefined;
  }

  /** Notes the end of an attempt. Returns how to get what is known of the call until then. */
  function ended(error: unknown): ReturnType<typeof metadataReader> {
    const now = monotonic(clock);
    if (state.sent) {
      attempts++;
      openMs += now - state.sentAt;
    }
    const metadata = metadataReader(attempts, now - beganAt, openMs, state, redact);
    if (error instanceof ContactGroupsError) describeFailure(error, metadata(error), state, redact);
    if (error instanceof ApiError && error.retry === "refresh-usersig" && error.retryable) {
      setting.userSig.rejected(state.usedSig);
      state.renewable = false;
    }
    if (state.sent && (log || onAttempt || setting.onAttempt)) report(error);
    return metadata;
  }

  function report(error: unknown): void {
    const { attempt, startedAt, waitedMs, status } = state;
    const durationMs = monotonic(clock) - state.sentAt;
    const event: AttemptEvent = { operation, attempt, startedAt, waitedMs, durationMs, status, error };
    for (const listener of [onAttempt, setting.onAttempt]) if (listener) quietly(() => listener(event));
    const code = error instanceof ContactGroupsError ? error.code : undefined;
    log?.("debug", `${operation} attempt ${attempt} has ended`, {
      operation,
      attempt,
      waitedMs,
      durationMs,
      status,
      code,
    });
  }
}

function toJson(operation: Endpoint, body: unknown, redact: Redactor): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch (error) {
    const cause = redact.error(error);
    throw new InvalidArgumentError("", "an object that JSON can hold", "one that it cannot hold", { operation, cause });
  }
  if (text === undefined) throw new InvalidArgumentError("", "an object", kind(body), { operation });
  return text;
}

function toHeaders(headers: CallHeaders, redact: Redactor): Record<string, string> {
  try {
    const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
    const given = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { ...jsonHeaders, ...Object.fromEntries(new Headers(given)) };
  } catch (error) {
    throw new InvalidArgumentError("headers", "a value that new Headers() accepts", "one that it rejects", {
      cause: redact.error(error),
    });
  }
}

/** The body of an endpoint that the description does not have. */
const anyObject: Field = { type: "object", required: [], fields: {} };

/** A limit that documents give in two sizes. */
export type DisputedLimit = "smaller" | "larger";

/** How a request is checked before it is sent. */
interface RequestCheckOptions {
  /**
   * Which limit counts where documents dispute it.
   *
   * @default "larger"
   */
  readonly disputed?: DisputedLimit;
  /** Whether lists can be longer than one call takes. */
  readonly anyLength?: boolean;
  /**
   * The fields of the body.
   *
   * @default those of the operation's request
   */
  readonly field?: Field;
}

/**
 * Checks a request's body against the OpenAPI description, so that no call is spent on one that would be rejected.
 *
 * Where documents dispute a limit, the larger one counts by default, and fields that the description does not know are ignored: what the service
 * may accept is sent.
 *
 * @throws `InvalidArgumentError` with the JSON pointer of the first invalid field, the limit, and the value's size, never a text.
 */
export function checkRequest(operation: Endpoint, body: unknown, options: RequestCheckOptions = {}): void {
  const {
    anyLength = false,
    disputed = "larger",
    field = requestBodies[operation as OperationId] ?? anyObject,
  } = options;
  const [violation] = check(field, body, { closed: false, disputed, exact: true, anyLength });
  if (violation === undefined) return;
  const message = explain(violation, { values: false, disputed: disputed === "larger" });
  throw new InvalidArgumentError(violation.pointer, "", "", { operation, message });
}

/** Throws unless the value is a rate that a limiter can keep. */
export function checkRate(option: string, rate: unknown): void {
  const { calls, seconds } = Object(rate) as Partial<Rate>;
  const isTime = typeof seconds === "number" && seconds > 0 && seconds <= 86_400;
  if (!(isTime && Number.isInteger(calls) && calls! > 0 && calls! <= 1e5))
    throw new InvalidArgumentError(
      option,
      "1 to 100000 calls in up to 86400 seconds",
      `${kind(calls)} calls in ${kind(seconds)} seconds`,
    );
}

/** Throws unless a lane and a time in its queue are valid. */
function checkQueue(lane: unknown, maxQueueMs: unknown): void {
  if (lane !== "interactive" && lane !== "bulk")
    throw new InvalidArgumentError("lane", '"interactive" or "bulk"', kind(lane));
  checkQueueTime(maxQueueMs);
}

/** Throws unless the value is a number of milliseconds, `Infinity` or undefined. */
export function checkQueueTime(value: unknown): void {
  if (value !== Infinity) checkDuration("maxQueueMs", value);
}

/** Throws unless the value is a time that a timer can hold, in milliseconds, or undefined. */
export function checkDuration(option: string, value: unknown): void {
  if (value !== undefined && !(typeof value === "number" && value > 0 && value < 2 ** 31))
    throw new InvalidArgumentError(option, "a number of milliseconds from 1 to 2147483647", kind(value));
}
