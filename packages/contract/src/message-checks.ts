/** Checks of a message that Prism does not make: of its header fields, its bytes and the text of its JSON. */
import { redaction } from "@contact-groups/core/redact";
import { limits } from "@contact-groups/openapi/model";
import { type Body, hasByteOrderMark } from "./body.ts";
import { scanJson } from "./json-scan.ts";
import { type HeaderFields, headerOf, parseMediaType } from "./message.ts";

/** Names of the rules of messages, which are those of `judge`, too. */
export type MessageRule =
  | "content-type"
  | "encoding"
  | "duplicate-key"
  | "integer-form"
  | "secret"
  | "latency"
  | "prism";

/** A rule that a message breaks. */
export interface MessageViolation<Place extends string = "path" | "query" | "header" | "body"> {
  readonly in: Place;
  readonly pointer: string;
  readonly rule: MessageRule;
  readonly message: string;
}

const expected = "application/json";
const longest = 80;

/** Checks that a request is not declared as compressed, which no document of the service mentions. */
export function checkUncompressed(headers: HeaderFields): MessageViolation<"header">[] {
  const coding = headerOf(headers, "Content-Encoding");
  if (coding === undefined || /^\s*(?:identity\s*)?$/i.test(coding)) return [];
  const message = `The Content-Encoding header must be missing, as the service reads no compressed body, but is ${shown(coding)}`;
  return [{ in: "header", pointer: "/content-encoding", rule: "encoding", message }];
}

/** Checks that a body has the media type of the description, in UTF-8. */
export function checkMediaType(headers: HeaderFields): MessageViolation<"header">[] {
  const place = { in: "header", pointer: "/content-type", rule: "content-type" } as const;
  const header = headerOf(headers, "Content-Type");
  if (header === undefined)
    return [{ ...place, message: `The Content-Type header must be ${expected}, but is missing` }];
  const media = parseMediaType(header);
  if (media?.type !== expected)
    return [{ ...place, message: `The Content-Type header must be ${expected}, but is ${shown(header)}` }];
  const { charset = "utf-8" } = media;
  if (/^utf-?8$/.test(charset)) return [];
  return [{ ...place, message: `The charset of the Content-Type header must be utf-8, but is ${shown(charset)}` }];
}

/** The content codings that HTTP clients can undo. */
const codings: ReadonlySet<string> = new Set(["identity", "gzip", "x-gzip", "deflate", "br", "zstd"]);

/** Checks that a client can undo the content coding of a body. */
export function checkCoding(headers: HeaderFields): MessageViolation<"header">[] {
  const header = headerOf(headers, "Content-Encoding") ?? "";
  const isKnown = header.split(",").every((coding) => coding.trim() === "" || codings.has(coding.trim().toLowerCase()));
  const message = `The Content-Encoding header must be a coding such as gzip, but is ${shown(header)}`;
  return isKnown ? [] : [{ in: "header", pointer: "/content-encoding", rule: "encoding", message }];
}

/** Checks the bytes of a body, and what its JSON text says more than the parsed value. */
export function checkBytes(body: Body): MessageViolation<"body">[] {
  const place = { in: "body", pointer: "" } as const;
  const found: MessageViolation<"body">[] = [];
  if (hasByteOrderMark(body))
    found.push({ ...place, rule: "encoding", message: "The body must not begin with a byte order mark, but does" });
  if (body.kind !== "json") return found;
  const { duplicates, integers, halfCharacters } = scanJson(body.text);
  for (const pointer of halfCharacters)
    found.push({
      ...place,
      pointer,
      rule: "encoding",
      message: `${pointer || "The body"} must have whole characters, but has half of a surrogate pair`,
    });
  for (const pointer of duplicates)
    found.push({
      ...place,
      pointer,
      rule: "duplicate-key",
      message: `${pointer} must be given once, but is given more often`,
    });
  for (const { pointer, token } of integers)
    found.push({
      ...place,
      pointer,
      rule: "integer-form",
      message: `${pointer || "The body"} must be an integer in digits, but is ${shown(token)}`,
    });
  return found;
}

/** A part of a message where a credential must not be. */
export interface MessagePart<Place extends string> {
  readonly in: Place;
  readonly pointer: string;
  readonly name: string;
  readonly text: string;
}

/** Returns the parts of a message that have one of these secrets, or what looks like a UserSig. */
export function checkSecrets<Place extends string>(
  parts: readonly MessagePart<Place>[],
  secrets: readonly string[],
): MessageViolation<Place>[] {
  const redact = redaction(secrets);
  return parts
    .filter(({ text }) => redact(text) !== text)
    .map(({ in: place, pointer, name }) => ({
      in: place,
      pointer,
      rule: "secret",
      message: `${name} must not have a UserSig or a key, but has one`,
    }));
}

/** Returns the header fields and the body as parts for `checkSecrets`. */
export function partsOf(headers: HeaderFields, body: Body): MessagePart<"header" | "body">[] {
  return [
    ...headers.map(([name, text]) => ({
      in: "header" as const,
      pointer: `/${name.toLowerCase()}`,
      name: `The header ${name.toLowerCase()}`,
      text,
    })),
    { in: "body", pointer: "", name: "The body", text: textOf(body) },
  ];
}

/** Returns the text of a body, and its values, where an escape can hide a part of them. */
function textOf(body: Body): string {
  if (!("raw" in body)) return "";
  if (body.kind !== "json") return new TextDecoder().decode(body.raw);
  return body.text.includes("\\") ? `${body.text}\n${JSON.stringify(body.value)}` : body.text;
}

/** Checks that a response took no longer than the service lets a call take. */
export function checkLatency(tookMs: number): MessageViolation<"time">[] {
  const { maximum } = limits.serviceTimeout;
  if (tookMs <= maximum * 1000) return [];
  const message = `The response must arrive within ${maximum} s, but took ${(tookMs / 1000).toFixed(1)} s`;
  return [{ in: "time", pointer: "", rule: "latency", message }];
}

function shown(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}...` : text);
}
