import { readFileSync } from "node:fs";
import { mask, redaction } from "@contact-groups/core/redact";
import type { Entry, Har } from "har-format";
import { cleaner, operations, signatureName, signatures } from "../operations.ts";
import { codeOf } from "../response.ts";
import type { Exchange, RecordedResponse } from "../record/exchange.ts";
import { type CallInProgress, createRecording, toExchange } from "../record/recording.ts";
import { type PrismUse, credentials, checkRequest, multimap, parseBody, route } from "../request-checks.ts";
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
  const { text = "", encoding } = response.content ?? {};
  if (typeof text !== "string") throw new TypeError(`${place}/response/content/text must be text.`);
  const requestText = request.postData?.text ?? "";
  if (typeof requestText !== "string") throw new TypeError(`${place}/request/postData/text must be text.`);
  return {
    method: request.method.toUpperCase(),
    url: request.url,
    requestText,
    // Browsers write 0 if there was no response.
    status: response.status > 0 ? response.status : undefined,
    responseText: encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text,
    startedAt,
    durationMs: typeof time === "number" ? time : 0,
  };
}

/** One call as a browser, a proxy or the transport of a client recorded it. */
export interface ObservedCall {
  readonly method: string;
  /** The whole URL, with its credentials. */
  readonly url: string;
  /** Text of the request's body; empty when there was none. */
  readonly requestText: string;
  /** HTTP status; undefined when there was no response. */
  readonly status: number | undefined;
  /** Text of the response's body. */
  readonly responseText: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
}

/** Checks the request of one call. */
export type Observe = (call: ObservedCall) => Promise<Exchange>;

/**
 * Creates the function that checks the requests of one recording of another program and redacts its UserSigs. The calls must be in the
 * order of time, with URLs that `URL` can parse.
 *
 * @param prismUse Which requests Prism validates.
 */
export function createObserver(prismUse: PrismUse): Observe {
  const recording = createRecording(0);

  return async ({ method, url, requestText, status, responseText, startedAt, durationMs }) => {
    const { pathname: path, searchParams } = new URL(url);
    const found = route(path, method);
    const operation = "rule" in found ? undefined : found;
    const body = parseBody(Buffer.from(requestText));
    const checked = operation
      ? await checkRequest(operation, unmasked(searchParams), body, {
          prism: loadPrism,
          prismUse,
          maxBodyBytes: Infinity,
        })
      : { violations: [found].filter((one) => "rule" in one), verdict: undefined };
    const query = multimap(searchParams);
    const call: CallInProgress = {
      index: recording.arrive(),
      startedAt,
      step: 0,
      method,
      path,
      query,
      prefer: undefined,
      operation,
      body,
      checked,
      chosenBy: "request",
    };
    const exchange = toExchange(call, startedAt + durationMs, recording, redaction(credentials(searchParams)));
    return { ...exchange, response: toRecordedResponse(status, responseText, signatures(query)) };
  };
}

/** Replaces a UserSig that was already redacted by valid characters, because it is not an error of the caller. */
function unmasked(given: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(given);
  if (query.get(signatureName) === mask) query.set(signatureName, "redacted");
  return query;
}

function toRecordedResponse(status: number | undefined, text: string, secrets: readonly string[]): RecordedResponse {
  const read = parseBody(Buffer.from(text));
  const body =
    read.kind === "json" ? cleaner(secrets.filter((one) => one !== mask)).body(read.value, read.text) : undefined;
  const errorCode = status === 200 ? codeOf(body) : undefined;
  return { status, body, errorCode, example: undefined, chosenBy: "request", faults: [] };
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
  const observe = createObserver("every");
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
