import { isResponseTooLarge } from "./body-limit.ts";
import type { Clock } from "@contact-groups/core/clock";
import { readEnvelope } from "./envelope.ts";
import { ContactGroupsError } from "./errors/contact-groups-error.ts";
import { HttpError } from "./errors/http-error.ts";
import { NetworkError } from "./errors/network-error.ts";
import { ProtocolError } from "./errors/protocol-error.ts";
import { TimeoutError } from "./errors/timeout-error.ts";
import { UserSigError } from "./errors/user-sig-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";
import type { RateLimiter } from "./rate-limiter.ts";
import type { Redactor } from "@contact-groups/core/redact";
import { parseRetryAfter } from "./retry-after.ts";
import type { Transport, TransportAnswer } from "./transport.ts";
import type { UserSigSource } from "./user-sig-source.ts";
import { within } from "./within.ts";

/** What all attempts of a client have in common. */
export interface AttemptSetting {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly userSig: UserSigSource;
  readonly limiter: RateLimiter | undefined;
  readonly redact: Redactor;
  readonly docsUrl: string | undefined;
  readonly maxResponseBytes: number;
  /** The URL of an operation with everything in its query, a new `random` included. */
  url(operation: OperationId, userSig: string): string;
}

/** One call, and what its attempts find out. */
export interface CallState {
  readonly operation: OperationId;
  /** JSON text. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** Number of the attempt, 1 for the first. */
  attempt: number;
  /** When the call has to be over, in milliseconds since the epoch. Known once the first attempt is sent. */
  deadline: number;
  /** Whether this attempt was handed to the transport. */
  sent: boolean;
  startedAt: number;
  /** UserSig of this attempt. */
  usedSig: string;
  /** HTTP status of this attempt. */
  status: number | undefined;
  /** Least time before the next attempt, as the answer's header says it. */
  retryAfterMs: number | undefined;
}

/**
 * Makes one attempt: takes a UserSig, waits for the rate limit, sends, reads the answer. Resolves to the body of a successful answer.
 * Rejects with a `ContactGroupsError` or with the reason of the caller's signal.
 */
export async function makeAttempt(setting: AttemptSetting, state: CallState): Promise<object> {
  const { clock, limiter, redact, userSig, maxResponseBytes } = setting;
  const { operation, attempt: number, signal } = state;

  let sig = userSig.cached() ?? (await sign(setting, state));
  // Waiting for the first turn is not the call's fault, so the deadline does not run yet.
  const turn =
    number === 1
      ? limiter?.acquire(operation, signal)
      : timed(setting, state, Infinity, async (stop) => limiter?.acquire(operation, stop));
  if (turn) {
    await turn;
    // In a long queue a UserSig can grow old.
    sig = userSig.cached() ?? (await sign(setting, state));
  }
  state.usedSig = sig;
  state.sent = true;
  state.startedAt = clock.now();
  if (number === 1) state.deadline = state.startedAt + state.deadlineMs;

  const url = setting.url(operation, sig);
  let answer: TransportAnswer;
  try {
    answer = await timed(setting, state, state.timeoutMs, (stop) =>
      setting.transport({ url, body: state.body, headers: state.headers, signal: stop, maxResponseBytes }),
    );
  } catch (error) {
    if (isResponseTooLarge(error)) throw tooLarge();
    throw isOurs(state, error) ? error : new NetworkError(operation, number, redact.error(error));
  }
  state.status = answer.status;
  userSig.serverDate(answer.headers.get("date"));
  if (answer.status !== 200) {
    state.retryAfterMs = parseRetryAfter(answer.headers.get("retry-after"), state.startedAt);
    throw new HttpError(operation, number, answer.status);
  }
  // A character has one byte or more, so this is true of no body that a transport may give.
  if (answer.text.length > maxResponseBytes) throw tooLarge();
  try {
    return readEnvelope(operation, number, answer.text, sig, redact, setting.docsUrl);
  } catch (error) {
    state.retryAfterMs = parseRetryAfter(answer.headers.get("retry-after"), state.startedAt);
    throw error;
  }

  function tooLarge(): ProtocolError {
    state.status = 200;
    return new ProtocolError(operation, number, `its body is larger than the maxResponseBytes of ${maxResponseBytes}`);
  }
}

async function sign(setting: AttemptSetting, state: CallState): Promise<string> {
  try {
    return await timed(setting, state, state.timeoutMs, async (stop) => setting.userSig.get(stop));
  } catch (error) {
    if (isOurs(state, error)) throw error;
    throw new UserSigError(state.operation, state.attempt - 1, setting.redact.error(error));
  }
}

/** Runs within the time given and the time left, and until the caller's signal is aborted. */
function timed<Result>(
  { clock }: AttemptSetting,
  state: CallState,
  ms: number,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const left = state.deadline - clock.now();
  const limit = left < ms ? "deadlineMs" : "timeoutMs";
  const timedOut = () =>
    new TimeoutError(state.operation, state.sent ? state.attempt : state.attempt - 1, limit, state[limit]);
  return left > 0 ? within(clock, Math.min(ms, left), state.signal, timedOut, run) : Promise.reject(timedOut());
}

/** Whether an error says itself what it is: one of this package's, or the reason of the caller's signal. */
function isOurs({ signal }: CallState, error: unknown): boolean {
  return error instanceof ContactGroupsError || (signal?.aborted === true && error === signal.reason);
}
