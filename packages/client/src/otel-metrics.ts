import type { Attributes, Context, Meter } from "@opentelemetry/api";
import { callAttributes, errorAttributes, outcomeAttributes, serverAttributes } from "./otel-attributes.ts";
import type { AttemptEvent, MiddlewareCall } from "./middleware.ts";

/** Records the metrics of a client. */
export interface Metrics {
  /** A call begins. */
  begin(call: MiddlewareCall): void;
  /** An attempt has ended. */
  attempt(call: MiddlewareCall, event: AttemptEvent, context: Context): void;
  /** A call has ended; `error` is undefined where it succeeded. */
  call(call: MiddlewareCall, seconds: number, attempts: number, error: unknown, context: Context): void;
}

/** Bounds of durations in seconds, by the semantic conventions. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const prefix = "tencent_cloud_chat.client";

/** Creates the instruments. Gauges show the state of the client that made the latest call of an operation and host. */
export function createMetrics(meter: Meter): Metrics {
  const histogram = (name: string, description: string, unit: string, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, { description, unit, advice: { explicitBucketBoundaries } });
  const requests = histogram("http.client.request.duration", "Duration of HTTP client requests.", "s", seconds);
  const calls = histogram(`${prefix}.call.duration`, "Duration of calls, with retries and waits.", "s", seconds);
  const attempts = histogram(`${prefix}.call.attempts`, "Attempts of each call.", "{attempt}", [0, 1, 2, 3, 4, 5, 10]);
  const gauge = (name: string, description: string, unit: string) =>
    meter.createObservableGauge(`${prefix}.${name}`, { description, unit });
  const queue = gauge("queue.length", "Attempts that wait for the rate limit.", "{attempt}");
  const rate = gauge("rate", "Rate in use, lower than the limit after throttling.", "{attempt}/s");
  const budget = gauge("retry_budget", "Retries that are left.", "{retry}");
  const waits = histogram(`${prefix}.queue.wait`, "Time that attempts waited for the rate limit.", "s", seconds);

  const latest = new Map<string, Pick<MiddlewareCall, "operation" | "serverUrl" | "status">>();
  meter.addBatchObservableCallback(
    (result) => {
      for (const call of latest.values()) {
        const { rate: limit, retriesLeft } = call.status?.(call.operation) ?? {};
        if (limit) {
          result.observe(queue, limit.waiting, callAttributes(call));
          result.observe(rate, limit.callsPerSecond, callAttributes(call));
        }
        if (retriesLeft !== undefined) result.observe(budget, retriesLeft, serverAttributes(call.serverUrl));
      }
    },
    [queue, rate, budget],
  );

  return {
    begin({ operation, serverUrl, status }) {
      // Without the body of the call, which would stay in memory.
      latest.set(`${operation} ${serverUrl}`, { operation, serverUrl, status });
    },
    attempt(call, event, context) {
      const common = callAttributes(call);
      const http: Attributes = {
        ...common,
        "http.request.method": "POST",
        "url.scheme": new URL(call.serverUrl).protocol.slice(0, -1),
        "url.template": call.path,
      };
      requests.record(event.durationMs / 1000, { ...http, ...outcomeAttributes(event) }, context);
      waits.record(event.waitedMs / 1000, common, context);
    },
    call(call, duration, count, error, context) {
      const common = callAttributes(call);
      calls.record(duration, { ...common, ...errorAttributes(error) }, context);
      attempts.record(count, common, context);
    },
  };
}
