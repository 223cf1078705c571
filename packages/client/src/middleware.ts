import type { CallInit } from "./client.ts";
import type { ContactGroupsError } from "./errors/contact-groups-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";

/** An attempt that has ended. It holds no credential. */
export interface AttemptEvent {
  readonly operation: OperationId;
  /** 1 for the first. */
  readonly attempt: number;
  /** When it was sent, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** HTTP status, if there was an answer. */
  readonly status?: number | undefined;
  /** What it failed with; undefined if it succeeded. */
  readonly error?: unknown;
}

/** An attempt that is going to be repeated. It holds no credential. */
export interface RetryEvent {
  readonly operation: OperationId;
  /** Number of the attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** Milliseconds until the next one. */
  readonly delayMs: number;
  readonly error: ContactGroupsError;
}

/** A call as a middleware sees it. It holds no credential. */
export interface MiddlewareCall {
  readonly operation: OperationId;
  /** Body of the request. It is checked after the last middleware. */
  readonly body: object;
  readonly init: CallInit;
  /** Base URL of the host. */
  readonly serverUrl: string;
  /** Path of the operation. */
  readonly path: string;
  /** Is told of each attempt that has ended. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** Makes the call: asks the next middleware, and after the last one the service, with retries. */
export type NextCall = (call: MiddlewareCall) => Promise<object>;

/**
 * Stands around each call, its retries included. It can change the call, call `next` again, or answer in the place of the service
 * with the body of a successful answer. What it throws reaches the caller as it is.
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

/** Puts the middlewares around the call, the first one outermost. */
export function compose(middlewares: readonly Middleware[], call: NextCall): NextCall {
  return middlewares.reduceRight<NextCall>((next, middleware) => async (input) => middleware(input, next), call);
}
