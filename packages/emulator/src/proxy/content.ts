/** What is kept of a call: texts without credentials, and on request without names. */
import { decompress } from "@contact-groups/core/decompress";
import type { Cleaner } from "./clean.ts";
import type { ObservedCall } from "./observed-call.ts";
import type { CallNames } from "./pseudonyms.ts";
import type { RecordedCall } from "./recording.ts";
import type { ForwardedRequest, UpstreamResponse } from "@contact-groups/core/upstream";

/** A response of the service as a text without credentials. */
export interface ResponseContent {
  readonly status: number;
  readonly text: string;
  readonly type: string | undefined;
  /** Time of the service in milliseconds since the epoch: its `Date`, or that of this machine. */
  readonly at: number;
}

/** Returns the content of a response that has arrived now. */
export function contentOf({ status, fields, body }: UpstreamResponse, cleaner: Cleaner, now: number): ResponseContent {
  const type = fieldOf(fields, "content-type");
  const date = Date.parse(fieldOf(fields, "date") ?? "");
  const text = decompress(body, fieldOf(fields, "content-encoding")).toString("utf8");
  return {
    status,
    text: cleaner.body(text),
    type: type === undefined ? undefined : cleaner.text(type),
    at: Number.isNaN(date) ? now : date,
  };
}

/** Returns the value of a header field; undefined when there is none. */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  for (let index = 0; index < fields.length; index += 2)
    if (fields[index]?.toLowerCase() === name) return fields[index + 1];
  return undefined;
}

/** A call that has ended, for a recording. */
interface CallContent {
  readonly origin: string;
  readonly call: ObservedCall;
  readonly request: ForwardedRequest;
  readonly content: ResponseContent | undefined;
  readonly durationMs: number;
  readonly comment: string | undefined;
}

/** Returns a call as it is recorded. With names, these are replaced. */
export function toRecordedCall(
  { origin, call, request, content, durationMs, comment }: CallContent,
  names: CallNames | undefined,
): RecordedCall {
  const text = typeof call.text === "string" ? call.text : "[omitted: not UTF-8]";
  const requestType = fieldOf(request.fields, "content-type");
  const { at, method } = call;
  return {
    at,
    durationMs,
    method,
    url: urlOf(`${origin}${call.url}`, names),
    requestText: names ? names.body(text) : text,
    requestType: requestType === undefined ? undefined : call.cleaner.text(requestType),
    response: content && { ...content, text: names ? names.body(content.text) : content.text },
    comment,
  };
}

function urlOf(url: string, names: CallNames | undefined): string {
  const parsed = new URL(url);
  const identifier = parsed.searchParams.get("identifier");
  if (names && identifier !== null) parsed.searchParams.set("identifier", names.userId(identifier));
  return parsed.href;
}
