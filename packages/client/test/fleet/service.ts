import { monotonic, systemClock } from "@contact-groups/core/clock";
import { listen } from "../listen.ts";

/** A service with a strict quota. */
export interface Service extends AsyncDisposable {
  readonly url: string;
  /** When each request arrived, in milliseconds. */
  readonly arrivals: number[];
  /** Number of requests that it refused. */
  refused(): number;
}

/** Starts a service that accepts a number of calls in any second, however it is cut, and responds to all others with 60007. */
export async function startService(calls: number): Promise<Service> {
  const arrivals: number[] = [];
  let refused = 0;
  const server = await listen((request, response) => {
    const now = monotonic(systemClock);
    const before = arrivals.at(-calls) ?? -Infinity;
    arrivals.push(now);
    const tooMany = now - before < 1000;
    if (tooMany) refused++;
    const body = tooMany
      ? { ActionStatus: "FAIL", ErrorCode: 60007, ErrorInfo: "" }
      : { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", CompleteFlag: 1, NextStartIndex: 0, ContactItem: [] };
    request.resume().on("end", () => response.end(JSON.stringify(body)));
  });
  return {
    url: server.url,
    arrivals,
    refused: () => refused,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
