/** Entry `@contact-groups/client/otel`: spans and metrics for OpenTelemetry. */
import {
  context,
  createContextKey,
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
  type Meter,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import { monotonic, systemClock } from "@contact-groups/core/clock";
import type { AttemptEvent, Middleware } from "./middleware.ts";
import {
  attemptAttributes,
  callAttributes,
  errorAttributes,
  errorMessage,
  outcomeAttributes,
} from "./otel-attributes.ts";
import { createMetrics, type Metrics } from "./otel-metrics.ts";

/** Options of `otelMiddleware`. */
export interface OtelMiddlewareOptions {
  /**
   * Creates the spans.
   *
   * @default the tracer of the global tracer provider
   */
  readonly tracer?: Tracer | undefined;
  /**
   * Creates the instruments of the metrics.
   *
   * @default the meter of the global meter provider, at the first call
   */
  readonly meter?: Meter | undefined;
  /**
   * Whether other instrumentations create spans and send trace headers within a call. By default they do not, because an
   * instrumentation of `fetch` or `http` writes the URL with its UserSig into its spans.
   *
   * @default false
   */
  readonly innerSpans?: boolean | undefined;
}

/** The key that turns off the spans of OpenTelemetry's SDKs. Keys of the same name are the same. */
const suppressTracing = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Name of the tracer and of the meter. */
const scope = "@contact-groups/client";

/**
 * Creates a middleware that creates spans and metrics by the semantic conventions for HTTP clients. A call has an internal span, named by the operation,
 * and in it a client span for each attempt that was sent.
 *
 * | metric                                    | unit        | for each                                  |
 * | ----------------------------------------- | ----------- | ----------------------------------------- |
 * | `http.client.request.duration`            | s           | attempt, without the wait for the rate    |
 * | `tencent_cloud_chat.client.call.duration` | s           | call, with retries and waits              |
 * | `tencent_cloud_chat.client.call.attempts` | `{attempt}` | call: how often it was sent               |
 * | `tencent_cloud_chat.client.queue.wait`    | s           | attempt: its wait for the rate            |
 *
 * Gauges show the number of attempts that wait for the rate (`tencent_cloud_chat.client.queue.length`), the rate in use in attempts per second
 * (`tencent_cloud_chat.client.rate`) and the retries that are left (`tencent_cloud_chat.client.retry_budget`), of the client that made the latest call
 * of an operation and host.
 *
 * No span and no metric has a credential or a user's ID: `url.full` shows the names of the credentials' parameters and `REDACTED`. No trace
 * headers are sent to the service.
 *
 * @example
 * ```ts
 * import { createClient } from "@contact-groups/client";
 * import { otelMiddleware } from "@contact-groups/client/otel";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", middleware: [otelMiddleware()] });
 * ```
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/ Semantic conventions for HTTP spans, 2026
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ Semantic conventions for HTTP metrics, 2026
 */
export function otelMiddleware(options: OtelMiddlewareOptions = {}): Middleware {
  const { tracer = trace.getTracer(scope), innerSpans = false } = options;
  // The API has a tracer that waits for its provider, but no such meter.
  let recorded: Metrics | undefined;

  return async (call, next) => {
    const outer = context.active();
    const attributes = callAttributes(call);
    const span = tracer.startSpan(call.operation, { kind: SpanKind.INTERNAL, attributes }, outer);
    const inner = trace.setSpan(outer, span);
    const record = (recorded ??= createMetrics(options.meter ?? metrics.getMeter(scope)));
    record.begin(call);
    const startedAt = monotonic(systemClock);
    let sent = 0;
    let failure: unknown;

    const onAttempt = (event: AttemptEvent): void => {
      const end = event.startedAt + event.durationMs;
      const attempt = tracer.startSpan(
        `POST ${call.path}`,
        // A Date is a time of day; a number could be taken for a time since the start of the process.
        { kind: SpanKind.CLIENT, startTime: new Date(event.startedAt), attributes: attemptAttributes(call, sent++) },
        inner,
      );
      attempt.setAttributes(outcomeAttributes(event));
      if (event.error !== undefined) fail(attempt, event.error);
      attempt.end(new Date(end));
      record.attempt(call, event, inner);
      call.onAttempt?.(event);
    };

    try {
      const active = innerSpans ? inner : inner.setValue(suppressTracing, true);
      return await context.with(active, () => next({ ...call, onAttempt }));
    } catch (error) {
      failure = error ?? null;
      span.setAttributes(errorAttributes(failure));
      fail(span, error);
      throw error;
    } finally {
      span.end();
      record.call(call, (monotonic(systemClock) - startedAt) / 1000, sent, failure, inner);
    }
  };
}

function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, ...errorMessage(error) });
}
