/** Stands in for the client's own file of this name while its test suite is recorded. Nothing else of client or suite is changed. */
import { fetchTransport as original } from "../../../../client/src/backend.ts";
import type { Fetch, Transport } from "../../../../client/src/transport.ts";
import { realClock } from "@contact-groups/core/real-clock";
import { recordTo, recordVariable } from "../../../src/coverage/recording.ts";
import { createObserver } from "../../../src/har/observer.ts";

const append = recordTo(process.env[recordVariable] ?? "");
const observe = createObserver("refused");

/** The client's transport, with what it sends and gets recorded. Neither waits for the recording. */
export function fetchTransport(fetch: Fetch): Transport {
  const transport = original(fetch);
  return (request) => {
    const startedAt = realClock.now();
    const answered = transport(request);
    const record = (status: number | undefined, answerText: string): Promise<void> =>
      observe({
        method: "POST",
        url: request.url,
        requestText: request.body,
        status,
        answerText,
        startedAt,
        durationMs: realClock.now() - startedAt,
      }).then(append);
    answered.then(
      ({ status, text }) => record(status, text),
      () => record(undefined, ""),
    );
    return answered;
  };
}
