/** Entry `@contact-groups/client/otel`: spans for OpenTelemetry. */
import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import type { OperationId, QueryParameter } from "@contact-groups/openapi/model";
import type { operations } from "@contact-groups/openapi/types";
import { ContactGroupsError } from "./errors.ts";
import type { AttemptEvent, Middleware, MiddlewareCall } from "./middleware.ts";

/** Options of `otelMiddleware`. */
export interface OtelMiddlewareOptions {
  /**
   * Creates the spans.
   *
   * @default the tracer of the global tracer provider
   */
  readonly tracer?: Tracer | undefined;
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

/**
 * Creates a middleware that creates spans by the semantic conventions for HTTP clients: an internal one for each call, named by the operation,
 * and in it a client one for each attempt that was sent.
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
      const active = innerSpans ? inner : inner.setValue(suppressTracing, true);
      return await context.with(active, () => next({ ...call, onAttempt }));
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

/** Returns the attributes of a call's span. Users' IDs are left out on purpose: many people can read traces. */
function callAttributes({ operation, serverUrl }: MiddlewareCall): Attributes {
  return { "tencent_cloud_chat.operation": operation, ...serverAttributes(serverUrl) };
}

/**
 * Returns the attributes of an attempt's span when it is sent.
 *
 * @param resends Number of times that the same call was sent before.
 */
function attemptAttributes(call: MiddlewareCall, resends: number): Attributes {
  return {
    ...callAttributes(call),
    "http.request.method": "POST",
    ...(resends > 0 && { "http.request.resend_count": resends }),
    "url.full": sanitisedUrl(call.serverUrl, call.path),
    "url.template": call.path,
  };
}

/** Returns the attributes of an attempt's span when it has ended. */
function outcomeAttributes({ status, error }: AttemptEvent): Attributes {
  return { ...(status !== undefined && { "http.response.status_code": status }), ...errorAttributes(error, status) };
}

/** Returns the type of a failure: the HTTP status if it is not 200, otherwise the `ErrorCode`, otherwise the class. */
function errorAttributes(error: unknown, status?: number): Attributes {
  if (error === undefined) return {};
  const code = error instanceof ContactGroupsError ? error.code : undefined;
  const type = status !== undefined && status !== 200 ? status : (code ?? nameOf(error));
  return { "error.type": String(type), ...(code !== undefined && { "tencent_cloud_chat.error_code": code }) };
}

/** Returns the message of this package's errors only: the text of any other could contain a credential. */
function errorMessage(error: unknown): { readonly message?: string } {
  return error instanceof ContactGroupsError ? { message: error.message } : {};
}

function nameOf(error: unknown): string {
  if (error instanceof ContactGroupsError) return error.name;
  // `_OTHER` is the convention where there is no name, or one that is not a class name.
  return error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : "_OTHER";
}

function serverAttributes(serverUrl: string): Attributes {
  const { hostname, port, protocol } = new URL(serverUrl);
  return { "server.address": hostname, "server.port": port === "" ? (protocol === "http:" ? 80 : 443) : Number(port) };
}

/** The text for a credential in a URL by the semantic conventions. */
const hidden = "REDACTED";

/** `random` is not a credential: it is not known here, and would make each URL different. */
const query: Readonly<Record<QueryParameter, string>> = {
  sdkappid: hidden,
  identifier: hidden,
  usersig: hidden,
  random: hidden,
  contenttype: "json" satisfies operations[OperationId]["parameters"]["query"]["contenttype"],
};
const search: string = Object.entries(query)
  .map(([name, value]) => `${name}=${value}`)
  .join("&");

/** Returns the URL of an operation with the names of a call's parameters. It contains public parts only, so there is nothing to redact. */
function sanitisedUrl(serverUrl: string, path: string): string {
  return `${serverUrl}${path}?${search}`;
}
