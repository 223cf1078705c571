/** The parts of an HTTP message as they were sent, for the checks. What is kept of them is an `Exchange`, which has no credential. */

/** Names and values of header fields, in the order in which they were sent; a name can occur several times. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

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

/** Returns header fields as Prism reads them: names in lower case, with all values of a name. */
export function headerMap(headers: HeaderFields): Record<string, string> {
  const map: Record<string, string> = {};
  for (const [name] of headers) map[name.toLowerCase()] = headerOf(headers, name) ?? "";
  return map;
}
