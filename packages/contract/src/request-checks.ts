/** The checks that a request passes before its operation answers, but for the query's. */
import { check, wording } from "@contact-groups/core/check";
import {
  credentials as credentialNames,
  type Field,
  type QueryField,
  queryFields,
} from "@contact-groups/openapi/model";
import { explain, ownKeywords } from "./field-violations.ts";
import { gateCode, type Operation, operations } from "./operations.ts";
import type { Judgement, Prism } from "./prism.ts";
import type { Problem } from "./record/exchange.ts";

/**
 * Prism lists every broken rule, so 1 MiB of wrong items would take it seconds and gigabytes. A body over this size that is invalid is
 * refused for its first broken rule, and Prism is not asked.
 */
const largestListedBytes = 64 * 1024;

/** Finds the operation of a path and method. */
export function route(path: string, method: string): Operation | Problem {
  const there = operations.filter((operation) => operation.path === path);
  if (there.length === 0) {
    const paths = operations.map((operation) => operation.path).join(", ");
    return problem("path", `No operation has this path. The paths are ${paths}`);
  }
  const methods = there.map((operation) => operation.method).join(", ");
  const found = there.find((operation) => operation.method === method);
  return found ?? problem("method", `The HTTP method of ${path} is ${methods}`);
}

/** What is wrong with a body that can't be read. */
export function checkReadable(body: Body, maxBodyBytes: number): Problem[] {
  switch (body.kind) {
    case "too large":
      return [problem("size", `The body is larger than ${maxBodyBytes} bytes, the limit of this server`)];
    case "empty":
      return [problem("syntax", "The body is empty. It must be JSON")];
    case "malformed":
      return [problem("syntax", `The body is not JSON: ${body.reason}`)];
    case "json":
      return [];
  }
}

/** Whether Prism would take too long to list what is wrong with a body of this size. */
export function isLarge(body: Body): boolean {
  return body.kind === "json" && body.bytes > largestListedBytes;
}

/** What the request check finds wrong with a body: of a large one only the first. */
export function checkBody(operation: Operation, body: Body): Problem[] {
  if (body.kind !== "json") return [];
  return explain(operation.request, body.value, !isLarge(body)).map(({ keyword, pointer, code, text }) => ({
    in: "body",
    pointer,
    rule: keyword,
    code: code ?? gateCode("body"),
    text,
  }));
}

/**
 * Rules that Prism does not know, or not always: of a list, it takes a field of another kind in an item if an earlier item is of that kind.
 */
export const beyondPrism: readonly string[] = [...ownKeywords, "oneOf"];

/** Of what the checks find, what stands after Prism has judged: Prism has the last word on every rule that it knows. */
export function afterPrism(found: readonly Problem[], judgement: Judgement): readonly Problem[] {
  if (judgement.status === 200)
    return found.filter((one) => one.in === "query" || beyondPrism.includes(one.rule) || one.rule === "syntax");
  if (found.length > 0) return found;
  const [violation] = judgement.violations;
  const place = judgement.status === 401 || violation?.location[1] === "query" ? "query" : "body";
  return [
    {
      in: place,
      pointer: (violation?.location ?? [])
        .slice(2)
        .map((token) => `/${token}`)
        .join(""),
      rule: violation?.code ?? place,
      code: gateCode(place),
      text: violation?.message ?? `Prism answers ${judgement.status}`,
    },
  ];
}

function problem(rule: "path" | "method" | "size" | "syntax", text: string): Problem {
  const place = rule === "path" || rule === "method" ? rule : "body";
  return { in: place, pointer: "", rule, code: gateCode(rule), text };
}

/** What arrived as a body. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown; readonly bytes: number; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too large" };

/** Reads a JSON body, and stops at the first byte over the limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | string | null,
  declared: string | null,
  maxBytes: number,
): Promise<Body> {
  if (Number(declared) > maxBytes) return { kind: "too large" };
  if (typeof chunks === "string") {
    const whole = Buffer.from(chunks);
    return whole.byteLength > maxBytes ? { kind: "too large" } : parseBody(whole);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return { kind: "too large" };
    parts.push(chunk);
  }
  return parseBody(Buffer.concat(parts));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a whole body. */
export function parseBody(bytes: Uint8Array): Body {
  if (bytes.byteLength === 0) return { kind: "empty" };
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { kind: "malformed", reason: "it is not UTF-8" };
  }
  try {
    return { kind: "json", value: JSON.parse(text), bytes: bytes.byteLength, text };
  } catch (error) {
    // The whole message can quote the body, which is not for an answer.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return { kind: "malformed", reason: place ? `its syntax is wrong ${place}` : "its syntax is wrong" };
  }
}

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(query: URLSearchParams): Problem[] {
  return queryFields.flatMap((expected) => checkValue(expected, query.getAll(expected.name)) ?? []);
}

/** The values given for credentials. */
export function credentials(query: URLSearchParams): string[] {
  return credentialNames.flatMap((name) => query.getAll(name));
}

/** A query in which a repeated name has a list of values. */
export function multimap(query: URLSearchParams): Record<string, string | string[]> {
  const map: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of query) {
    const before = map[name];
    map[name] = before === undefined ? value : [before, value].flat();
  }
  return { ...map };
}

function checkValue({ name, required, credential, field }: QueryField, given: readonly string[]): Problem | undefined {
  const [first] = given;
  const place = { in: "query", pointer: `/${name}` } as const;
  if (first === undefined) {
    if (!required) return undefined;
    const code = field.errors?.["required"] ?? gateCode("query");
    return { ...place, rule: "required", code, text: `The query parameter ${name} is required, but is missing` };
  }
  if (given.length > 1) {
    const text = `The query parameter ${name} must be given once, but is given ${given.length} times`;
    return { ...place, rule: "once", code: gateCode("query"), text };
  }
  const [issue] = check(field, read(field, first));
  if (!issue) return undefined;
  const [expected, found] = wording(issue, issue.value);
  return {
    ...place,
    rule: issue.rule,
    code: issue.code ?? gateCode("query"),
    // The value of a credential is never repeated.
    text: `The query parameter ${name} ${credential ? expected : `${expected}, but ${found}`}`,
  };
}

/** A query string is text, so "99999999" has to count as an integer, as it does for Prism. */
function read({ type }: Field, text: string): unknown {
  if ((type !== "integer" && type !== "number") || text === "") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** What is found out about a request whose path and method are right. */
export interface Examination {
  readonly problems: readonly Problem[];
  /** Undefined when Prism was not asked. */
  readonly judgement: Judgement | undefined;
}

/** Which requests Prism is asked about: each, or those that the checks refuse. */
export type AskPrism = "every" | "refused";

/**
 * Examines a request: the query, the body, and what Prism says.
 *
 * The checks read the fields of the model, and know two things that Prism does not: the service's strictness about the query, and the
 * description's own keywords. What they accept Prism accepts, so Prism need be asked only about what they refuse; what it then accepts is
 * accepted, but for those two things.
 */
export async function examine(
  operation: Operation,
  query: URLSearchParams,
  body: Body,
  options: { readonly prism: () => Promise<Prism>; readonly ask: AskPrism; readonly maxBodyBytes: number },
): Promise<Examination> {
  const found = [...checkQuery(query), ...checkReadable(body, options.maxBodyBytes), ...checkBody(operation, body)];
  if (found.length === 0 && options.ask === "refused") return { problems: found, judgement: undefined };
  if (
    body.kind === "too large" ||
    body.kind === "malformed" ||
    (isLarge(body) && found.some((one) => one.in === "body"))
  )
    return { problems: found, judgement: undefined };
  const { method, path } = operation;
  const value = body.kind === "json" ? body.value : undefined;
  const judgement = await (await options.prism()).judge({ method, path, query: multimap(query), body: value });
  return { problems: afterPrism(found, judgement), judgement };
}
