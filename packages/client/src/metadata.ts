/** What is known of a call besides its result: on request for a result, as fields for an error. */
import { hide, type Redactor } from "@contact-groups/core/redact";
import type { CallState } from "./attempt.ts";
import type { ContactGroupsError } from "./errors.ts";
import type { TransportResponse } from "./transport.ts";

/** How a call went. */
export interface CallMetadata {
  /** How often the call was sent. */
  readonly attempts: number;
  /** Time from the call's begin to its end, in milliseconds. */
  readonly durationMs: number;
  /** Part of that time in which no request was open: in the queue for the rate limit, for a UserSig, and between attempts. */
  readonly waitedMs: number;
  /** HTTP status of the last response; undefined if there was none. */
  readonly status?: number | undefined;
  /**
   * Headers of the last response that tell who sent it, by their names in lower case: `content-type`, `date`, `location`, `proxy-authenticate`,
   * `retry-after`, `server`, `via` and `x-request-id`. They contain no credential, and up to 200 characters each.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** ID of the call by the service, by the response's `RequestId`, otherwise by its header `x-request-id`. Quote it to support. */
  readonly requestId?: string | undefined;
}

/** The same name in every copy of the package. A symbol that is not enumerable changes neither the fields of a result nor its copies. */
const key = Symbol.for("@contact-groups/client/metadata");

type WithMetadata = { readonly [key]?: () => CallMetadata };

/**
 * Returns how the call of a result or an error went. For a long list that was sent in parts, `attempts`, `durationMs` and `waitedMs` are the sums of its
 * parts, and the rest is of the last of them.
 *
 * @param value A result of a client, a page, or an error; not a copy of it, as a middleware may return.
 * @returns `undefined` for any other value, and for the error of a request that was not sent.
 * @example
 * ```ts
 * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * console.log(metadataOf(page)?.attempts, metadataOf(page)?.requestId);
 * ```
 */
export function metadataOf(value: object): CallMetadata | undefined {
  return (value as WithMetadata)[key]?.();
}

/** Adds what `metadataOf` returns. It is read only where somebody asks. */
export function attach<Value extends object>(value: Value, read: (() => CallMetadata) | undefined): Value {
  return read ? Object.defineProperty(value, key, { value: read, configurable: true }) : value;
}

/** Gives a result the metadata of the one that it was created from. */
export function passOn<Value extends object>(from: object, to: Value): Value {
  return attach(to, (from as WithMetadata)[key]);
}

/**
 * Creates the function that reads the metadata of a call that ends now.
 *
 * @param openMs Part of its time in which a request was open.
 */
export function metadataReader(
  attempts: number,
  durationMs: number,
  openMs: number,
  { status, response }: Pick<CallState, "status" | "response">,
  redact: Redactor,
): (end: { readonly RequestId?: unknown; readonly requestId?: unknown }) => CallMetadata {
  // The text of a response is not kept as long as its result.
  const received = response?.headers;
  return (end) => {
    const headers = received && shownHeaders(received, redact);
    const own = end.RequestId ?? end.requestId;
    const requestId = typeof own === "string" ? redact.text(own) : headers?.["x-request-id"];
    return {
      attempts,
      durationMs: Math.round(durationMs),
      waitedMs: Math.round(durationMs - openMs),
      ...(status !== undefined && { status }),
      ...(headers && { headers }),
      ...(requestId !== undefined && { requestId }),
    };
  };
}

/** Sets the fields of an error that say how its call went, and what responded. */
export function describeFailure(
  error: ContactGroupsError,
  metadata: CallMetadata,
  { headers, response, retryAfterMs = 0 }: Pick<CallState, "headers" | "response" | "retryAfterMs">,
  redact: Redactor,
): void {
  const leastMs = Math.max(error.retryAfterMs ?? 0, retryAfterMs);
  const excerpt =
    response &&
    ["http", "protocol"].includes(error.kind) &&
    oneLine(hide(response.text.slice(0, 1024), valuesOf(headers)), redact);
  describe(Object.assign(error, leastMs > 0 && { retryAfterMs: leastMs }, excerpt && { excerpt }), metadata);
}

/** Returns the caller's own values, whole and by word, such as a token for a proxy: a page can repeat them. */
function valuesOf(headers: CallState["headers"]): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === "content-type" ? [] : [value, ...value.split(/[\s;=]+/)],
  );
}

/** Sets the fields of an error that say how its call went. */
export function describe<Value extends ContactGroupsError>(error: Value, metadata: CallMetadata | undefined): Value {
  return metadata ? attach(Object.assign(error, metadata), () => metadata) : error;
}

/** Returns the metadata of a call that was made in parts. */
export function sumOf(parts: readonly (CallMetadata | undefined)[]): CallMetadata | undefined {
  const known = parts.filter((part) => part !== undefined);
  const total = (name: "attempts" | "durationMs" | "waitedMs") => known.reduce((all, part) => all + part[name], 0);
  const last = known.at(-1);
  return last && { ...last, attempts: total("attempts"), durationMs: total("durationMs"), waitedMs: total("waitedMs") };
}

/** Headers that tell who responded. Others can be cookies. */
const shown = "content-type date location proxy-authenticate retry-after server via x-request-id".split(" ");
const mostCharacters = 200;

/** Returns the headers of a response that are shown, without credentials. */
export function shownHeaders(headers: TransportResponse["headers"], redact: Redactor): Record<string, string> {
  const values = shown.map((name) => [name, oneLine(headers.get(name) ?? "", redact)] as const);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** Returns the beginning of a text without credentials, as one line. */
function oneLine(text: string, redact: Redactor): string {
  const clean = redact.text(text).replace(/[\s\p{C}]+/gu, " ");
  return clean.trim().slice(0, mostCharacters);
}
