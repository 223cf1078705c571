/** Makes one attempt of a call: UserSig, rate limit, request, response. */
import { onAbort } from "@contact-groups/core/abort";
import { monotonic, type Clock } from "@contact-groups/core/clock";
import type { Redactor } from "@contact-groups/core/redact";
import type { Endpoint } from "./declared.ts";
import {
  ContactGroupsError,
  HttpError,
  NetworkError,
  ProtocolError,
  ThrottleError,
  TimeoutError,
  UserSigError,
} from "./errors.ts";
import { shownHeaders } from "./metadata.ts";
import type { Lane, Permit, PermitOutcome, Rate, RateKey, RateLimiter } from "./rate-limiter.ts";
import { readEnvelope } from "./response.ts";
import { didNotReachHost, parseRetryAfter } from "./retry.ts";
import { isResponseTooLarge, type Transport, type TransportResponse } from "./transport.ts";
import type { UserSigSource } from "./user-sig-source.ts";

/** What all attempts of a client have in common. */
export interface AttemptSetting {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly userSig: UserSigSource;
  readonly limiter: RateLimiter | undefined;
  /** Returns what the limiter counts the calls of an operation by. */
  rateKey(operation: Endpoint): RateKey;
  readonly redact: Redactor;
  readonly docsUrl: string | undefined;
  readonly maxResponseBytes: number;
  /** Returns the URL of an operation with its whole query, a new `random` included. */
  url(operation: Endpoint, userSig: string): string;
}

/** One call, and the state of its attempts. */
export interface CallState {
  readonly operation: Endpoint;
  /** JSON text. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the operation can run twice. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** Rate that the caller gave for the endpoint. */
  readonly rate: Rate | undefined;
  readonly lane: Lane;
  readonly maxQueueMs: number;
  /** Number of the attempt, 1 for the first. */
  attempt: number;
  /** End of the call's time, on the monotonic clock. It is known once the first attempt is sent. */
  deadline: number;
  /** Whether this attempt was given to the transport. */
  sent: boolean;
  /** Time at which it was sent, in milliseconds since the epoch. */
  startedAt: number;
  /** The same on the monotonic clock. */
  sentAt: number;
  /** Time that this attempt waited for its permit, in milliseconds. */
  waitedMs: number;
  /** UserSig of this attempt. */
  usedSig: string;
  /** Whether a rejected UserSig can be renewed, once a call. */
  renewable: boolean;
  /** HTTP status of this attempt. */
  status: number | undefined;
  /** Response of this attempt, where its body was not too long. */
  response: TransportResponse | undefined;
  /** Minimum time before the next attempt, by the header of the response. */
  retryAfterMs: number | undefined;
}

/**
 * Makes one attempt: takes a UserSig, waits for the rate limit, sends the request, reads the response.
 *
 * @returns The body of a successful response.
 * @throws `ContactGroupsError`, or the reason of the caller's signal.
 */
export async function makeAttempt(setting: AttemptSetting, state: CallState): Promise<object> {
  const { clock, limiter, userSig } = setting;
  const { attempt: number } = state;

  let sig = userSig.cached() ?? (await sign(setting, state));
  let permit = limiter && acquire(setting, limiter, state, number > 1);
  if (permit && !("done" in permit)) {
    const waitingFrom = monotonic(clock);
    permit = await permit;
    const valid = userSig.cached();
    if (valid === undefined) {
      // It expired in the queue. A permit is for now, so it is given back until there is another UserSig.
      permit.done(unsent);
      sig = await sign(setting, state);
      permit = await acquire(setting, limiter!, state, true);
    } else sig = valid;
    state.waitedMs = monotonic(clock) - waitingFrom;
  }
  let succeeded = false;
  let throttled = false;
  try {
    const result = await exchange(setting, state, sig);
    succeeded = true;
    return result;
  } catch (error) {
    throttled = isThrottled(state, error);
    throw error;
  } finally {
    const { sent, retryAfterMs } = state;
    permit?.done({ sent, throttled, succeeded, retryAfterMs });
  }
}

/** Returns whether an attempt failed because of the rate. */
export function isThrottled({ status }: CallState, error: unknown): boolean {
  return error instanceof ThrottleError || status === 429;
}

/** Of a permit that was not used. */
const unsent: PermitOutcome = { sent: false, throttled: false, succeeded: false };

/** Takes a permit, also where the limiter ignores the signal. The deadline does not include the wait for the permit of the first attempt. */
function acquire(
  setting: AttemptSetting,
  limiter: RateLimiter,
  state: CallState,
  again: boolean,
): Permit | Promise<Permit> {
  const { operation, attempt, lane, maxQueueMs } = state;
  const request = {
    ...setting.rateKey(operation),
    ...(state.rate && { rate: state.rate }),
    lane,
    maxQueueMs,
    again,
  };
  const first = attempt === 1 ? limiter.acquire({ ...request, signal: state.signal }) : undefined;
  // Its permit has to be given back where acquiring it has aborted the call.
  if (first && (state.signal?.aborted !== false || "done" in first)) return first;
  let permit: Permit | undefined;
  let isOver = false;
  const waiting = timed(setting, state, Infinity, async (signal) => {
    permit = await (first ?? limiter.acquire({ ...request, signal }));
    if (isOver) permit.done(unsent);
    return permit;
  });
  return waiting.catch((error: unknown) => {
    isOver = true;
    // The wait can end in the same turn of the event loop in which the permit comes.
    permit?.done(unsent);
    throw error;
  });
}

/** Sends the request of an attempt, and reads the response. */
async function exchange(setting: AttemptSetting, state: CallState, sig: string): Promise<object> {
  const { clock, redact, userSig, maxResponseBytes } = setting;
  const { operation } = state;
  // The same turn of the event loop can grant a permit and abort the call.
  state.signal?.throwIfAborted();
  const url = setting.url(operation, sig);
  state.usedSig = sig;
  state.sent = true;
  state.startedAt = clock.now();
  state.sentAt = monotonic(clock);
  if (state.deadline === Infinity) state.deadline = state.sentAt + state.deadlineMs;
  let response: TransportResponse;
  try {
    response = await timed(setting, state, state.timeoutMs, (stop) =>
      setting.transport({
        url,
        body: state.body,
        headers: state.headers,
        idempotent: state.idempotent,
        signal: stop,
        maxResponseBytes,
      }),
    );
  } catch (error) {
    if (isResponseTooLarge(error)) throw tooLarge();
    if (isOurs(state, error)) throw error;
    throw new NetworkError(operation, redact.error(error), !state.idempotent && !didNotReachHost(error));
  }
  state.response = response;
  state.status = response.status;
  userSig.serverDate(response.headers.get("date"));
  if (response.status !== 200) {
    state.retryAfterMs = retryAfter(response, state.startedAt);
    throw new HttpError(operation, response.status, shownHeaders(response.headers, redact));
  }
  // A character has at least one byte, so no body that a transport may return is this long.
  if (response.text.length > maxResponseBytes) throw tooLarge();
  try {
    return readEnvelope(operation, response, sig, redact, setting.docsUrl, state.renewable);
  } catch (error) {
    state.retryAfterMs = retryAfter(response, state.startedAt);
    throw error;
  }

  function tooLarge(): ProtocolError {
    state.status = 200;
    return new ProtocolError(operation, `its body has more than ${maxResponseBytes} bytes (maxResponseBytes)`);
  }
}

/** Returns how long the service wants no call. A date is one of its clock, which the clock of this machine can differ from. */
function retryAfter({ headers }: TransportResponse, startedAt: number): number | undefined {
  return parseRetryAfter(headers.get("retry-after"), Date.parse(headers.get("date") ?? "") || startedAt);
}

async function sign(setting: AttemptSetting, state: CallState): Promise<string> {
  try {
    return await timed(setting, state, state.timeoutMs, async (stop) => setting.userSig.get(stop));
  } catch (error) {
    if (isOurs(state, error)) throw error;
    throw new UserSigError(state.operation, setting.redact.error(error), setting.userSig.origin === "function");
  }
}

/** Runs a function within the time given and the time left, and until the caller's signal is aborted. */
function timed<Result>(
  { clock }: AttemptSetting,
  state: CallState,
  ms: number,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const left = state.deadline - monotonic(clock);
  const limit = left < ms ? "deadlineMs" : "timeoutMs";
  const timedOut = () => new TimeoutError(state.operation, limit, state[limit], state.sent && !state.idempotent);
  return left > 0 ? within(clock, Math.min(ms, left), state.signal, timedOut, run) : Promise.reject(timedOut());
}

/** Returns whether an error is thrown unchanged: one of this package, or the reason of the caller's signal. */
function isOurs({ signal }: CallState, error: unknown): boolean {
  return error instanceof ContactGroupsError || (signal?.aborted === true && error === signal.reason);
}

/**
 * Runs an asynchronous function, and rejects as soon as the caller's signal is aborted or the time is up, also where the function
 * ignores the signal that it is given.
 *
 * @param ms Time allowed, in milliseconds; `Infinity` for any.
 */
function within<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  timedOut: () => unknown,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const running = run(controller.signal);
    const stop = (reason: unknown) => {
      settle();
      reject(reason);
      controller.abort(reason);
    };
    const cancel = ms < Infinity ? clock.after(ms, () => stop(timedOut())) : undefined;
    const settle = () => {
      cancel?.();
      leave();
    };
    const leave = onAbort(signal, () => stop(signal?.reason));

    running.then(
      (result) => {
        settle();
        resolve(result);
      },
      (error: unknown) => {
        settle();
        reject(error);
      },
    );
  });
}
