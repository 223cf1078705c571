import type { Endpoint } from "../declared.ts";

/**
 * Base class of every error that this package throws, except the reason of an `AbortSignal` and the errors of a middleware. No error contains a
 * UserSig, a secret key or a URL with a query.
 *
 * @example
 * ```ts
 * import { ContactGroupsError } from "@contact-groups/client";
 *
 * try {
 *   await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * } catch (error) {
 *   if (error instanceof ContactGroupsError) console.error(error.message, error.retryable);
 *   else throw error;
 * }
 * ```
 */
export abstract class ContactGroupsError extends Error {
  /** Name of this class in every copy of the package. */
  protected static readonly id: string = "@contact-groups/client";

  /**
   * Returns whether a value is an error of this class, also one of another copy of the package: a program can load the ES module and the CommonJS
   * one.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const ids = new Set<unknown>();
    for (let at = Object.getPrototypeOf(Object(value)); at !== null; at = Object.getPrototypeOf(at)) {
      if (at === this.prototype) return true;
      ids.add(at.constructor?.id);
    }
    // A class of the caller inherits an ID, but is another class.
    return Object.hasOwn(this, "id") && ids.has(ContactGroupsError.id) && ids.has(this.id);
  }

  /** Kind of the failure, which discriminates the errors of `safe`. The classes below `ApiError` share its kind, and differ by `category`. */
  abstract readonly kind: string;
  /** Name of the class. */
  declare readonly name: string;
  /** `ErrorCode` of the service, where there is one. */
  readonly code: number | undefined;
  /** The operation or the path that was called; undefined for a wrong option. */
  readonly operation: Endpoint | undefined;
  /** How often the call was sent; 0 if it was rejected before. */
  readonly attempts: number = 0;
  /** Time from the call's begin to the error, in milliseconds. */
  readonly durationMs: number = 0;
  /** Part of that time in which no request was open: in the queue for the rate limit, for a UserSig, and between attempts. */
  readonly waitedMs: number = 0;
  /** HTTP status of the last attempt's response; undefined if there was none. */
  declare readonly status: number | undefined;
  /** Headers of that response that tell who sent it, as `CallMetadata` lists them. */
  declare readonly headers: Readonly<Record<string, string>> | undefined;
  /** ID of the call, where the response has one. Quote it to support. */
  declare readonly requestId: string | undefined;
  /** Minimum time before a retry, in milliseconds, by the response's `Retry-After` and by the error catalogue. */
  declare readonly retryAfterMs: number | undefined;
  /**
   * Beginning of a response's body that the service does not send, such as the page of a gateway: one line of up to 200 characters, without
   * credentials.
   */
  declare readonly excerpt: string | undefined;
  /** Whether the same call can succeed later. If it changes something and may have run, check that before you retry it. */
  readonly retryable: boolean;

  constructor(message: string, operation?: Endpoint, retryable: boolean = false, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.id;
    this.operation = operation;
    this.retryable = retryable;
  }

  /** Media type of the response, such as `text/html`; undefined if there was none. */
  get contentType(): string | undefined {
    return this.headers?.["content-type"];
  }
}
