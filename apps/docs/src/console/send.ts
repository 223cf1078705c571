/** What came of a call. */
export type Outcome =
  | { readonly kind: "answered"; readonly status: number; readonly text: string; readonly ms: number }
  | { readonly kind: "unreachable"; readonly origin: string; readonly timedOut: boolean };

/** Seconds that a call may take: well above the time after which the service itself gives up. */
export const timeoutSeconds = 10;

/**
 * Sends a body. It goes without a Content-Type of its own: a page may send plain text to the service and read the answer, while for
 * JSON the browser would ask first, and the service's headers do not allow it. The query says that the body is JSON.
 */
export async function send(fetcher: typeof fetch, url: URL, body: string): Promise<Outcome> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const begun = performance.now();
  try {
    const response = await fetcher(url.href, {
      method: "POST",
      body,
      signal,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const text = await response.text();
    return { kind: "answered", status: response.status, text, ms: performance.now() - begun };
  } catch {
    return { kind: "unreachable", origin: url.origin, timedOut: signal.aborted };
  } finally {
    // They hold the URL, and with it the UserSig.
    performance.clearResourceTimings();
  }
}
