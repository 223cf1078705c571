/** Records every call of the transport that the client's test suite uses. Nothing else of client or suite is changed. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Fetch, Transport } from "@contact-groups/client";
import { realClock } from "@contact-groups/core/real-clock";
import { vi } from "vitest";
import { createObserver } from "../../../src/har/read.ts";
import { jsonHeaders, type ResponseMessage } from "../../../src/message.ts";
import { recordTo, recordVariable } from "../../../src/record/folder.ts";

const append = recordTo(process.env[recordVariable] ?? "");
const observe = createObserver();

/** The export of the client's file that sends a call by `fetch`. */
interface Sending {
  fetchTransport(fetch: Fetch): Transport;
}

const client = dirname(createRequire(import.meta.url).resolve("@contact-groups/client/package.json"));
vi.doMock(join(client, "src/transport.ts"), async (importOriginal: () => Promise<Sending>) => {
  const original = await importOriginal();
  return { ...original, fetchTransport: (fetch: Fetch) => recorded(original.fetchTransport(fetch)) } satisfies Sending;
});

/** The transport, with what it sends and gets recorded. Neither waits for the recording. */
function recorded(transport: Transport): Transport {
  return (request) => {
    const startedAt = realClock.now();
    const response = transport(request);
    const record = (received: ResponseMessage | undefined): Promise<void> =>
      observe({
        method: "POST",
        url: request.url,
        requestHeaders: jsonHeaders,
        requestBody: Buffer.from(request.body),
        response: received,
        startedAt,
        durationMs: realClock.now() - startedAt,
      }).then(append);
    response.then(
      ({ status, text }) => record({ status, headers: jsonHeaders, body: Buffer.from(text) }),
      () => record(undefined),
    );
    return response;
  };
}
