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

/** Reads the text of a 200, and turns away the body of any other status. */
export async function read(answer: Response): Promise<TransportAnswer> {
  if (answer.status === 200) return { status: 200, headers: answer.headers, text: await answer.text() };
  // The status is the answer, whether or not the rest of it can still be turned away.
  await answer.body?.cancel().catch(() => undefined);
  return { status: answer.status, headers: answer.headers, text: "" };
}
