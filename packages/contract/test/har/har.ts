/** Makes HAR files for tests, as a browser would write them. */
import type { Har } from "har-format";
import type { ObservedCall } from "../../src/har/read.ts";

/** A HAR with these calls. */
export function harOf(calls: readonly ObservedCall[]): Har {
  const plain = { httpVersion: "HTTP/1.1", cookies: [], headers: [], headersSize: -1, bodySize: -1 };
  const entries = calls.map(({ method, url, requestText, status, responseText, startedAt, durationMs }) => ({
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      ...plain,
      method,
      url,
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(requestText !== "" && { postData: { mimeType: "application/json", text: requestText } }),
    },
    response: {
      ...plain,
      status: status ?? 0,
      statusText: "",
      content: { size: responseText.length, mimeType: "application/json", text: responseText },
      redirectURL: "",
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  }));
  return { log: { version: "1.2", creator: { name: "browser", version: "1" }, entries } };
}
