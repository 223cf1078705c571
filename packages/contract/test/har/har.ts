/** Makes HAR files for tests, as a browser would write them. */
import type { Har, Header } from "har-format";
import { type HeaderFields, headerOf } from "../../src/message.ts";
import type { ObservedCall } from "../../src/har/read.ts";

/** A HAR with these calls. */
export function harOf(calls: readonly ObservedCall[]): Har {
  const plain = { httpVersion: "HTTP/1.1", cookies: [], headers: [], headersSize: -1, bodySize: -1 };
  const entries = calls.map(({ method, url, requestHeaders, requestBody, response, startedAt, durationMs }) => ({
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      ...plain,
      method,
      url,
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      headers: toList(requestHeaders),
      ...(requestBody.byteLength > 0 && { postData: { mimeType: "application/json", text: textOf(requestBody) } }),
    },
    response: {
      ...plain,
      status: response?.status ?? 0,
      statusText: "",
      headers: toList(response?.headers ?? []),
      content: {
        size: response?.body.byteLength ?? 0,
        mimeType: headerOf(response?.headers ?? [], "Content-Type") ?? "",
        text: textOf(response?.body),
      },
      redirectURL: "",
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  }));
  return { log: { version: "1.2", creator: { name: "browser", version: "1" }, entries } };
}

function toList(headers: HeaderFields): Header[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function textOf(body: Uint8Array | undefined): string {
  return Buffer.from(body ?? []).toString();
}
