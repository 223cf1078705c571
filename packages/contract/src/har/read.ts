import { readFileSync } from "node:fs";
import { mask, redaction } from "@contact-groups/core/redact";
import type { Entry, Har, Header } from "har-format";
import { type HeaderFields, jsonHeaders, type ResponseMessage } from "../message.ts";
import { cleaner, operations, signatureName, signatures } from "../operations.ts";
import { codeOf } from "../response.ts";
import type { Exchange, RecordedResponse, ResponseViolation } from "../record/exchange.ts";
import { checkResponse } from "../response-checks.ts";
import {
  type CallInProgress,
  createRecording,
  type Recording,
  recordedHeaders,
  toExchange,
} from "../record/recording.ts";
import { credentials, checkRequest, multimap, route } from "../request-checks.ts";
import { parseBody } from "../body.ts";
import { loadPrism } from "../load-prism.ts";

/** The calls of this API in a HAR. */
export interface HarCalls {
  /** Calls of the operations' paths, in the order of time, whatever their host. */
  readonly calls: readonly ObservedCall[];
  /** Entries of other paths, and preflights: how many, by method, origin and path. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * Reads recorded traffic in the HTTP Archive format 1.2, as browsers and proxies write it.
 *
 * The calls still have their UserSigs: pass them only to an observer.
 *
 * @param har The parsed JSON. Throws a `TypeError` that names the place, by JSON pointer, of what is not valid HAR.
 * @see http://www.softwareishard.com/blog/har-12-spec/ HAR 1.2, 2012-08-14
 */
export function readHar(har: unknown): HarCalls {
  const entries = (har as Partial<Har> | null)?.log?.entries;
  if (!Array.isArray(entries)) throw new TypeError("/log/entries must be a list, as HAR 1.2 says.");
  const calls: ObservedCall[] = [];
  const skipped = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const call = readEntry(entry, `/log/entries/${index}`);
    const { origin, pathname } = new URL(call.url);
    const isOurs = operations.some(({ path }) => path === pathname) && call.method !== "OPTIONS";
    const key = `${call.method} ${origin}${pathname}`;
    if (isOurs) calls.push(call);
    else skipped.set(key, (skipped.get(key) ?? 0) + 1);
  }
  return { calls: calls.toSorted((one, other) => one.startedAt - other.startedAt), skipped };
}

function readEntry(entry: Entry | null, place: string): ObservedCall {
  if (typeof entry !== "object" || entry === null) throw new TypeError(`${place} must be an object.`);
  const { request, response, startedDateTime, time } = entry;
  const startedAt = Date.parse(startedDateTime);
  if (Number.isNaN(startedAt))
    throw new TypeError(`${place}/startedDateTime must be a date and a time, such as 2026-01-01T00:00:00Z.`);
  // The value may have a credential, so it is not shown.
  if (!URL.canParse(request?.url)) throw new TypeError(`${place}/request/url must be a URL.`);
  if (typeof request.method !== "string") throw new TypeError(`${place}/request/method must be text.`);
  if (typeof response?.status !== "number") throw new TypeError(`${place}/response/status must be a number.`);
  const { text = "", encoding, mimeType } = response.content ?? {};
  if (typeof text !== "string") throw new TypeError(`${place}/response/content/text must be text.`);
  const requestText = request.postData?.text ?? "";
  if (typeof requestText !== "string") throw new TypeError(`${place}/request/postData/text must be text.`);
  return {
    method: request.method.toUpperCase(),
    url: request.url,
    requestHeaders: readHeaders(request.headers, requestText === "" ? undefined : request.postData?.mimeType),
    requestBody: Buffer.from(requestText),
    // Browsers write 0 if there was no response.
    response:
      response.status > 0
        ? {
            status: response.status,
            headers: readHeaders(response.headers, mimeType),
            body: Buffer.from(text, encoding === "base64" ? "base64" : "utf8"),
          }
        : undefined,
    startedAt,
    durationMs: typeof time === "number" ? time : 0,
  };
}

/** Reads header fields. Without them, a recording has the media type of the body next to it, or does not know it. */
function readHeaders(headers: readonly Header[] | undefined, mimeType: string | undefined): HeaderFields {
  const fields = Array.isArray(headers) ? headers.map(({ name, value }) => [String(name), String(value)] as const) : [];
  if (fields.length > 0) return fields;
  return mimeType === undefined ? jsonHeaders : [["Content-Type", mimeType]];
}

/** One call as a browser, a proxy or the transport of a client recorded it. */
export interface ObservedCall {
  readonly method: string;
  /** The whole URL, with its credentials. */
  readonly url: string;
  readonly requestHeaders: HeaderFields;
  /** Empty when there was none. */
  readonly requestBody: Uint8Array;
  /** Undefined when there was no response. */
  readonly response: ResponseMessage | undefined;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The caller disconnected before the response. */
  readonly isLost?: boolean;
  /** What the recording returned when the call arrived; needed when calls overlap. */
  readonly arrived?: ReturnType<Recording["arrive"]>;
}

/** Checks the request and the response of one call. */
export type Observe = (call: ObservedCall) => Promise<Exchange>;

/**
 * Creates the function that checks the calls of one recording of another program and redacts its UserSigs. The calls must be in the
 * order of time, with URLs that `URL` can parse.
 *
 * @param recording Numbers the calls; they are not added to it.
 */
export function createObserver(recording: Recording = createRecording(0)): Observe {
  return async ({
    arrived = { index: recording.arrive().index, overlaps: [] },
    method,
    url,
    requestHeaders,
    requestBody,
    response,
    startedAt,
    durationMs,
    isLost = false,
  }) => {
    const whole = unmasked(new URL(url));
    const { pathname: path } = whole;
    const { searchParams } = new URL(url);
    const found = route(path, method);
    const operation = "rule" in found ? undefined : found;
    const body = parseBody(requestBody);
    const request = { method, url: whole, headers: requestHeaders, body };
    const checked = await checkRequest(found, request, { prism: loadPrism, maxBodyBytes: Infinity });
    const query = multimap(searchParams);
    const call: CallInProgress = {
      ...arrived,
      startedAt,
      step: 0,
      method,
      path,
      query,
      secrets: signatures(query),
      headers: requestHeaders,
      prefer: undefined,
      operation,
      body,
      checked,
      chosenBy: "request",
      isLost,
    };
    const exchange = toExchange(call, startedAt + durationMs, recording, redaction(credentials(searchParams)));
    const secrets = signatures(query).filter((one) => one !== mask);
    const violations =
      operation && response
        ? await checkResponse(operation, response, await loadPrism(), { secrets, tookMs: durationMs })
        : [];
    return { ...exchange, response: toRecordedResponse(response, violations, secrets) };
  };
}

/** Replaces a UserSig that was already redacted by valid characters, because it is not an error of the caller. */
function unmasked(url: URL): URL {
  if (url.searchParams.get(signatureName) === mask) url.searchParams.set(signatureName, "redacted");
  return url;
}

function toRecordedResponse(
  response: ResponseMessage | undefined,
  violations: readonly ResponseViolation[],
  secrets: readonly string[],
): RecordedResponse {
  const clean = cleaner(secrets);
  const read = parseBody(response?.body ?? new Uint8Array());
  const body = read.kind === "json" ? clean.body(read.value, read.text) : undefined;
  return {
    status: response?.status,
    headers: recordedHeaders(response?.headers ?? [], clean),
    violations: violations.map((violation) => ({ ...violation, message: clean.text(violation.message) })),
    body,
    errorCode: response?.status === 200 ? codeOf(body) : undefined,
    example: undefined,
    chosenBy: "request",
    faults: [],
  };
}

/** The calls of a HAR file, checked and redacted. */
export interface HarExchanges {
  readonly exchanges: readonly Exchange[];
  /** Entries that are not calls of this API, by method, origin and path. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * Reads the calls of a HAR file, checks their requests, and redacts their UserSigs.
 *
 * @param file Path of the file.
 * @returns The calls as exchanges, and what was skipped.
 * @throws {Error} when the file cannot be read, or is not HAR; the message names the file.
 * @example
 * ```ts
 * const { exchanges, skipped } = await readHarFile("calls.har");
 * console.log(judge(exchanges), skipped);
 * ```
 */
export async function readHarFile(file: string): Promise<HarExchanges> {
  const { calls, skipped } = parse(file);
  const observe = createObserver();
  const exchanges: Exchange[] = [];
  for (const call of calls) exchanges.push(await observe(call));
  return { exchanges, skipped };
}

function parse(file: string): HarCalls {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Give a HAR file, or a folder of recordings.`,
      {
        cause: error,
      },
    );
  }
  let har: unknown;
  try {
    // Some programs on Windows begin a file with a byte order mark.
    har = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's message quotes the file, which may have a UserSig.
    throw new Error(`${file} is not JSON. Give a HAR file, or a folder of recordings.`);
  }
  try {
    return readHar(har);
  } catch (error) {
    throw new TypeError(`${file}: ${(error as TypeError).message}`, { cause: error });
  }
}
