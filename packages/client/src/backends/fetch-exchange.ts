import { responseTooLarge } from "../body-limit.ts";
import type { Fetch, TransportAnswer, TransportRequest } from "../transport.ts";

/** Hands a request to a `fetch`, as every backend does. */
export function ask(fetch: Fetch, { url, body, headers, signal }: TransportRequest): Promise<Response> {
  return fetch(url, {
    method: "POST",
    // As they are: a `Headers` object would be one more.
    headers: headers as Record<string, string>,
    body,
    signal: signal ?? null,
    // A redirect would hand the body, and with some statuses the method, to another host. The service sends none.
    redirect: "manual",
  });
}

/** Reads the text of a 200, up to the limit, and turns away the body of any other status. */
export async function read(answer: Response, request: TransportRequest): Promise<TransportAnswer> {
  const { status, headers, body } = answer;
  if (status === 200) return { status, headers, text: body ? await readText(body, request) : await answer.text() };
  // The status is the answer, whether or not the rest of it can still be turned away.
  await body?.cancel().catch(() => undefined);
  return { status, headers, text: "" };
}

/** Reads as `Response.text()` does, but no further than allowed, and no longer: not every `fetch` ends a body with its signal. */
async function readText(
  body: ReadableStream<Uint8Array>,
  { signal, maxResponseBytes }: TransportRequest,
): Promise<string> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel(signal?.reason).catch(() => undefined);
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();
  try {
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > maxResponseBytes) throw responseTooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    cancel();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}
