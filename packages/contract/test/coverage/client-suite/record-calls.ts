/** Records every call of the transport that the client's test suite uses. Nothing else of client or suite is changed. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Fetch, Transport } from "@contact-groups/client";
import { realClock } from "@contact-groups/core/real-clock";
import { vi } from "vitest";
import { createObserver } from "../../../src/har/read.ts";
import { recordTo, recordVariable } from "../../../src/record/folder.ts";

const append = recordTo(process.env[recordVariable] ?? "");
const observe = createObserver("rejected");

/** What the client's own file exports that decides how a call is sent. */
interface Backend {
  fetchTransport(fetch: Fetch): Transport;
}

const client = dirname(createRequire(import.meta.url).resolve("@contact-groups/client/package.json"));
vi.doMock(join(client, "src/backend.ts"), async (importOriginal: () => Promise<Backend>) => {
  const { fetchTransport } = await importOriginal();
  return { fetchTransport: (fetch: Fetch) => recorded(fetchTransport(fetch)) } satisfies Backend;
});

/** The transport, with what it sends and gets recorded. Neither waits for the recording. */
function recorded(transport: Transport): Transport {
  return (request) => {
    const startedAt = realClock.now();
    const completed = transport(request);
    const record = (status: number | undefined, responseText: string): Promise<void> =>
      observe({
        method: "POST",
        url: request.url,
        requestText: request.body,
        status,
        responseText,
        startedAt,
        durationMs: realClock.now() - startedAt,
      }).then(append);
    completed.then(
      ({ status, text }) => record(status, text),
      () => record(undefined, ""),
    );
    return completed;
  };
}
