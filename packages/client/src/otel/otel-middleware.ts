import { context, createContextKey, SpanKind, SpanStatusCode, trace, type Span, type Tracer } from "@opentelemetry/api";
import type { AttemptEvent, Middleware } from "../middleware.ts";
import { attemptAttributes, callAttributes, errorAttributes, errorMessage, outcomeAttributes } from "./attributes.ts";

/** Settings of `otelMiddleware`. */
export interface OtelMiddlewareOptions {
  /** Makes the spans; that of the global tracer provider unless given. */
  readonly tracer?: Tracer | undefined;
  /**
   * `true`: what else makes spans or sends trace headers does so within a call as well. Off unless given, because an
   * instrumentation of `fetch` or `http` writes the URL with the UserSig in it into its spans.
   */
  readonly innerSpans?: boolean | undefined;
}

/** The key by which OpenTelemetry's SDKs are told to make no spans. Keys of the same name are the same. */
const suppressTracing = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Makes spans by the semantic conventions for HTTP clients: an internal one for each call, named by the operation, with a client
 * one inside for each attempt. Only attempts that were sent have one.
 *
 * No span has a credential or a user's ID: `url.full` shows the names of the credentials' parameters and `REDACTED`. No trace
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
 */
export function otelMiddleware(options: OtelMiddlewareOptions = {}): Middleware {
  const { tracer = trace.getTracer("@contact-groups/client"), innerSpans = false } = options;

  return async (call, next) => {
    const outer = context.active();
    const attributes = callAttributes(call);
    const span = tracer.startSpan(call.operation, { kind: SpanKind.INTERNAL, attributes }, outer);
    const inner = trace.setSpan(outer, span);
    let sent = 0;

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
      call.onAttempt?.(event);
    };

    try {
      const around = innerSpans ? inner : inner.setValue(suppressTracing, true);
      return await context.with(around, () => next({ ...call, onAttempt }));
    } catch (error) {
      span.setAttributes(errorAttributes(error ?? null));
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  };
}

function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, ...errorMessage(error) });
}
