/** The parts of an HTTP message as they were sent, for the checks. What is kept of them is an `Exchange`, which has no credential. */
import type { Body } from "./body.ts";

/** Names and values of header fields, in the order in which they were sent; a name can occur several times. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** A request as a consumer sent it. */
export interface RequestMessage {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderFields;
  readonly body: Body;
}

/** A response as a provider sent it. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
}

/** Returns the value of a header field, without regard to the case of its name; several values are joined. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const values = headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

/** Returns header fields from a list of names and values in turn, as Node.js has them. */
export function toHeaderFields(raw: readonly string[]): HeaderFields {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

/** Returns header fields by their names in lower case, with all values of a name. */
export function headerMap(headers: HeaderFields): Record<string, string> {
  const map: Record<string, string> = {};
  for (const [name] of headers) map[name.toLowerCase()] = headerOf(headers, name) ?? "";
  return map;
}

/** Whether HTTP allows a header field. */
export function isHeaderField(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}

/** The header fields of a request or response with JSON. */
export const jsonHeaders: HeaderFields = [["Content-Type", "application/json"]];

/** A `Content-Type`. */
export interface MediaType {
  /** In lower case: `application/json`. */
  readonly type: string;
  /** In lower case; undefined when none was given. */
  readonly charset: string | undefined;
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const mediaType = new RegExp(`^(${token}/${token})((?:\\s*;\\s*${token}=(?:${token}|"[^"]*"))*)\\s*;?$`);

/** Parses a `Content-Type`; undefined when it is not one. */
export function parseMediaType(text: string): MediaType | undefined {
  const [, type, parameters = ""] = mediaType.exec(text.trim()) ?? [];
  if (type === undefined) return undefined;
  const [, charset] = /;\s*charset="?([^";\s]+)/i.exec(parameters) ?? [];
  return { type: type.toLowerCase(), charset: charset?.toLowerCase() };
}

/** Whether Prism parses a body of this media type as JSON. */
export function isJsonType(media: MediaType | undefined): boolean {
  return media !== undefined && /^application\/(?:[^/]+\+)?json$/.test(media.type);
}
