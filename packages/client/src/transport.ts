/** Sends a request to a URL. The global `fetch` is one, and so is the handler of an in-process server. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** One request, ready to be sent with the method POST. Its URL holds credentials: keep it out of logs. */
export interface TransportRequest {
  readonly url: string;
  /** JSON text. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** Most bytes of a body, as sent and once decoded. */
  readonly maxResponseBytes: number;
}

/** Status, headers and body text of an answer. The text of a status other than 200 may be empty: nobody reads it. */
export interface TransportAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/**
 * Sends a request and resolves to its answer. Does not follow redirects. Rejects with whatever went wrong, and when the signal is
 * aborted. Stops reading a body of more than `maxResponseBytes`, and rejects with an error whose `code` is `ERR_RESPONSE_TOO_LARGE`.
 *
 * @example
 * ```ts
 * import { nodeTransport } from "@contact-groups/client/node";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", transport: nodeTransport() });
 * ```
 */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;
