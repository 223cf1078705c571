import type { RawCall, UnreadableBody } from "./core/core-call.ts";

/** The headers of every answer, as the service sends them. */
const serviceHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "X-Requested-With",
  "Access-Control-Allow-Methods": "POST",
} as const;

/** The headers of an answer. */
export const answerHeaders: Readonly<Record<string, string>> = {
  "Content-Type": "application/json",
  ...serviceHeaders,
};

/** Lets a browser page send a JSON body, for which it asks first. The service's own headers would not allow it. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  ...serviceHeaders,
  "Access-Control-Allow-Headers": "X-Requested-With, Content-Type",
};

/** The answer to a browser that asks whether a page may send a request. */
export function preflight(date: string): Response {
  return new Response(null, { status: 204, headers: { ...preflightHeaders, Date: date } });
}

/** A request as the core wants it. Stops at the first byte over the limit of its target. */
export async function readRequest(request: Request, limitOf: (target: string) => number): Promise<RawCall> {
  const { pathname, search } = new URL(request.url);
  const target = pathname + search;
  return { method: request.method, target, body: await readBody(request, limitOf(target)) };
}

async function readBody(request: Request, maxBytes: number): Promise<string | UnreadableBody> {
  if (!request.body) return "";
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(parts);
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return { unreadable: "too large" };
    }
    parts.push(value);
  }
}

function decode(parts: readonly Uint8Array[]): string | UnreadableBody {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
  } catch {
    return { unreadable: "not UTF-8" };
  }
}
