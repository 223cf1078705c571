/** An answer on its way out; each way of delivery carries it out as it can. */
export interface Delivery {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Breaks the connection instead. */
  readonly reset?: true;
}

/** Hands an answer over as `fetch` does. Throws what `fetch` throws when the connection is reset. */
export function toResponse({ status, headers, body, reset }: Delivery, date: () => string): Response {
  if (!reset) {
    const response = new Response(body, { status, headers });
    if (!response.headers.has("Date")) response.headers.set("Date", date());
    return response;
  }
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  throw new TypeError("fetch failed", { cause });
}
