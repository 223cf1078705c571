import type { Entry, Har } from "har-format";
import { operations } from "../operations.ts";
import type { ObservedCall } from "./observer.ts";

/** What a HAR holds of this API. */
export interface HarCalls {
  /** Calls of the operations' paths, in the order of time, whatever their host. */
  readonly calls: readonly ObservedCall[];
  /** Entries of other paths, and preflights: how many, by method, origin and path. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * Reads recorded traffic in the HTTP Archive format 1.2, as browsers and proxies write it.
 *
 * The calls still hold their UserSigs: hand them to an observer, and to nothing else.
 *
 * @param har The parsed JSON. Throws a `TypeError` that names the place, by JSON pointer, of what is no HAR.
 * @see http://www.softwareishard.com/blog/har-12-spec/ HAR 1.2, 2012-08-14
 */
export function readHar(har: unknown): HarCalls {
  const entries = (har as Partial<Har> | null)?.log?.entries;
  if (!Array.isArray(entries)) throw new TypeError("This is no HAR: /log/entries must be a list.");
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
  if (Number.isNaN(startedAt)) throw new TypeError(`${place}/startedDateTime must be a date and a time.`);
  // The value may hold a credential, so it is not shown.
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
    // Browsers write 0 where no answer came.
    status: response.status > 0 ? response.status : undefined,
    answerText: encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text,
    startedAt,
    durationMs: typeof time === "number" ? time : 0,
  };
}
