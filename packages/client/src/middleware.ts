import type { EndpointInit } from "./call-init.ts";
import type { Endpoint } from "./declared.ts";
import type { RateStatus } from "./rate-limiter.ts";
import type { ContactGroupsError } from "./errors.ts";

/** An attempt that has ended. It contains no credential. */
export interface AttemptEvent {
  /** The operation or the path that was called. */
  readonly operation: Endpoint;
  /** Number of the attempt, 1 for the first. */
  readonly attempt: number;
  /** Time at which it was sent, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Time that it waited for the rate limit before it was sent, in milliseconds. */
  readonly waitedMs: number;
  /** Time until it ended, in milliseconds. */
  readonly durationMs: number;
  /** HTTP status, if there was a response. */
  readonly status?: number | undefined;
  /** Its error; undefined if it succeeded. */
  readonly error?: unknown;
}

/** A failed attempt that is retried. It contains no credential. */
export interface RetryEvent {
  /** The operation or the path that was called. */
  readonly operation: Endpoint;
  /** Number of the attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** Time until the next attempt, in milliseconds. */
  readonly delayMs: number;
  /** The error of the attempt. */
  readonly error: ContactGroupsError;
}

/** The state of a client, for metrics. */
export interface ClientStatus {
  /** The rate limit of the operation; undefined where there is none, or where no call has used it yet. */
  readonly rate: RateStatus | undefined;
  /** Retries that are left in the budget of all calls; undefined where there is no budget. */
  readonly retriesLeft: number | undefined;
}

/** A call as a middleware sees it. It contains no credential. */
export interface MiddlewareCall {
  /** The operation that is called, or the path of `client.call`. */
  readonly operation: Endpoint;
  /** Body of the request. It is checked after the last middleware. */
  readonly body: object;
  /** Options of the call. */
  readonly init: EndpointInit;
  /** Base URL of the host. */
  readonly serverUrl: string;
  /** Path on the host. */
  readonly path: string;
  /** Called after each attempt. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Returns the state of the client, for an operation or a path. */
  readonly status?: ((operation: Endpoint) => ClientStatus) | undefined;
}

/** Makes the call: calls the next middleware, and after the last one the service, with retries. */
export type NextCall = (call: MiddlewareCall) => Promise<object>;

/**
 * Wraps each call, its retries included. It can change the call, call `next` again, or return the body of a successful response
 * itself. The caller gets its errors unchanged.
 *
 * @example
 * ```ts
 * const timing: Middleware = async (call, next) => {
 *   const start = performance.now();
 *   try {
 *     return await next(call);
 *   } finally {
 *     histogram.record(performance.now() - start, { operation: call.operation });
 *   }
 * };
 * ```
 */
export type Middleware = (call: MiddlewareCall, next: NextCall) => Promise<object>;

/** Wraps the call with the middlewares; the first is outermost. */
export function compose(middlewares: readonly Middleware[], call: NextCall): NextCall {
  return middlewares.reduceRight<NextCall>((next, middleware) => async (input) => middleware(input, next), call);
}
