import type { Body } from "./body.ts";
import type { HeaderFields } from "./message.ts";

/** A rule of the description that Prism finds broken. */
export interface PrismViolation {
  /**
   * Begins with `request` or `response`, then `query` or `body`, then the tokens of a JSON pointer. Only the first one for a rule about the
   * whole message: a credential, the media type, the status.
   */
  readonly location: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** The result of Prism's own validation, before the response is turned into the service's envelope. */
export interface PrismVerdict {
  /** The HTTP status of Prism's mock server for this request: 200, 401, 404, 405, 415 or 422. */
  readonly status: number;
  readonly violations: readonly PrismViolation[];
}

/** A request as it was sent. */
export interface PrismRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: HeaderFields;
  readonly body: Body;
}

/** A response as it was sent, and the operation that was called. */
export interface PrismResponse {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Body;
}

/**
 * Validates messages as Prism's own proxy does. A method resolves to undefined for a message that the proxy cannot read: JSON that is
 * malformed or begins with a byte order mark, and a media type or a charset that is not one.
 */
export interface Prism {
  validateRequest(request: PrismRequest): Promise<PrismVerdict | undefined>;
  /** Returns the rules that a response breaks. Their locations begin with `response`. */
  validateResponse(response: PrismResponse): Promise<readonly PrismViolation[] | undefined>;
}
