/** Sends one request and reads its response. */
import { onAbort } from "@contact-groups/core/abort";
import type { Clock } from "@contact-groups/core/clock";

/** Sends a request to a URL. The global `fetch` is one, and so is the handler of an in-process server. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** One request, ready to be sent with the method POST. Its URL contains credentials: keep it out of logs. */
export interface TransportRequest {
  /** URL with the query of the call. */
  readonly url: string;
  /** JSON text. */
  readonly body: string;
  /** Header fields, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the request when it is aborted. */
  readonly signal: AbortSignal | undefined;
  /** Whether the request can be sent twice. Any other is best sent on a connection that the host is not about to close. */
  readonly idempotent: boolean;
  /** Maximum number of bytes of the response's body, as sent and once decoded. */
  readonly maxResponseBytes: number;
}

/** Status, headers and body text of a response. The text of a status other than 200 may be its beginning, or empty: it is for an error's `excerpt` only. */
export interface TransportResponse {
  /** HTTP status. */
  readonly status: number;
  /** Header fields; `null` for one that is missing. */
  readonly headers: { get(name: string): string | null };
  /** Text of the body. */
  readonly text: string;
}

/**
 * Sends a request and resolves to its response. It follows no redirects. It rejects with any error, and when the signal is aborted. It stops
 * reading a body of more than `maxResponseBytes`, and rejects with an error whose `code` is `ERR_RESPONSE_TOO_LARGE`.
 *
 * @example
 * ```ts
 * import { nodeTransport } from "@contact-groups/client/node";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", transport: nodeTransport() });
 * ```
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** Creates the transport on a `fetch`. */
export function fetchTransport(fetch: Fetch, clock: Pick<Clock, "after">): Transport {
  return async (request) => readResponse(await sendRequest(fetch, request), request, clock);
}

/** Passes a request to a `fetch`. */
function sendRequest(fetch: Fetch, { url, body, headers, signal }: TransportRequest): Promise<Response> {
  return fetch(url, {
    method: "POST",
    // Passed unchanged: a `Headers` object would be one more allocation.
    headers: headers as Record<string, string>,
    body,
    signal: signal ?? null,
    // A redirect would send the body, and with some statuses the method, to another host. The service sends none.
    redirect: "manual",
  });
}

/** How much of the body of a status other than 200 is read, and for how long: such a body may never end. */
export const beginning: { readonly bytes: number; readonly ms: number } = { bytes: 4096, ms: 250 };

/** Reads the text of a 200, up to the limit, and the beginning of the body of any other status. */
async function readResponse(
  response: Response | undefined,
  request: TransportRequest,
  clock: Pick<Clock, "after">,
): Promise<TransportResponse> {
  if (response === undefined) throw new TypeError("fetch did not return a response");
  const { status, headers, body } = response;
  if (status === 200) return { status, headers, text: body ? await readText(body, request) : await response.text() };
  const part = { ...request, maxResponseBytes: beginning.bytes };
  // The status is enough, whether or not the body can be read.
  return { status, headers, text: body ? await readText(body, part, clock).catch(() => "") : "" };
}

/**
 * Reads as `Response.text()` does, but only up to the limit and until the signal is aborted: not every `fetch` ends a body with its signal.
 *
 * @param clock Ends the wait for a beginning. Without it, the text is all or nothing.
 */
async function readText(
  body: ReadableStream<Uint8Array>,
  { signal, maxResponseBytes }: TransportRequest,
  clock?: Pick<Clock, "after">,
): Promise<string> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel(signal?.reason).catch(() => undefined);
  const leave = onAbort(signal, cancel);
  if (signal?.aborted) cancel();
  // A stream that is cancelled ends, and what was read stays.
  const stop = clock?.after(beginning.ms, cancel);
  let text = "";
  try {
    const decoder = new TextDecoder();
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      text += decoder.decode(value, { stream: true });
      if (bytes > maxResponseBytes) throw responseTooLarge();
    }
  } catch (error) {
    cancel();
    if (clock) return text;
    throw error;
  } finally {
    stop?.();
    leave();
  }
}

/**
 * Default of `maxResponseBytes`. The largest valid response is a page with everything that a user can have, 2,000 conversations with each field
 * at its limit: 1.8 MB, or 5.5 MB with every character written as `\uXXXX`.
 */
export const defaultMaxResponseBytes: number = 8 * 2 ** 20;

const tooLarge = "ERR_RESPONSE_TOO_LARGE";

/** Creates the error of a transport for a body with more bytes than `maxResponseBytes`. */
export function responseTooLarge(): Error {
  return Object.assign(new Error("the body has more bytes than maxResponseBytes"), { code: tooLarge });
}

/** Returns whether an error is that of a body with too many bytes. It reads the code, not the class: an ES module's transport can serve a CommonJS client. */
export function isResponseTooLarge(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === tooLarge;
}
