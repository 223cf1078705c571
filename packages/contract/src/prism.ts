import type { HeaderFields } from "./message.ts";

/** A rule of the description that Prism finds broken. */
export interface PrismViolation {
  /** Begins with `request` or `response`, then `query` or `body`, then the tokens of a JSON pointer. */
  readonly location: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** The result of Prism's own validation, before the response is turned into the service's envelope. */
export interface PrismVerdict {
  /** The HTTP status that Prism would send: 200, 401, 404, 405 or 422. */
  readonly status: number;
  readonly violations: readonly PrismViolation[];
}

/** A request as Prism gets it. */
export interface PrismRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Header fields as they were sent. */
  readonly headers: HeaderFields;
  readonly body: unknown;
}

/** Validates requests, and responses that other servers sent, by the description. */
export interface Prism {
  validateRequest(request: PrismRequest): Promise<PrismVerdict>;
  /** Returns the rules that a response breaks. Their locations begin with `response`. */
  validateResponse(
    request: PrismRequest,
    response: { readonly status: number; readonly headers: HeaderFields; readonly body: unknown },
  ): Promise<readonly PrismViolation[]>;
}
