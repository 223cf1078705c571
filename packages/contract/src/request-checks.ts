/** The checks of a request before its operation responds: path, method, query, body, then Prism. */
import { check } from "@contact-groups/core/check";
import {
  credentials as credentialNames,
  type Field,
  type QueryField,
  queryFields,
} from "@contact-groups/openapi/model";
import type { CredentialCheck } from "./credentials.ts";
import { fieldViolations, words, pointerOf, rulesBeyondPrism } from "./field-violations.ts";
import type { HeaderFields } from "./message.ts";
import { meantPath } from "./near-path.ts";
import { checkCode, type ApiOperation, operations, signatureName, signatures } from "./operations.ts";
import type { Prism, PrismVerdict } from "./prism.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/**
 * Prism lists every broken rule, so 1 MiB of invalid items would take seconds and gigabytes. An invalid body over this size is rejected
 * for its first broken rule, without Prism.
 */
const largestListedBytes = 64 * 1024;

/** Finds the operation of a path and method. */
export function route(path: string, method: string): ApiOperation | RecordedViolation {
  const there = operations.filter((operation) => operation.path === path);
  if (there.length === 0) {
    const meant = meantPath(path);
    const paths = operations.map((operation) => operation.path).join(", ");
    return wholeViolation(
      "path",
      `No operation has this path${meant === undefined ? `. The paths are ${paths}` : `; did you mean "${meant}"?`}`,
    );
  }
  const methods = there.map((operation) => operation.method).join(", ");
  const found = there.find((operation) => operation.method === method);
  return found ?? wholeViolation("method", `The HTTP method of ${path} must be ${methods}`);
}

/** Returns why a body cannot be read. */
export function checkReadable(body: Body, maxBodyBytes: number): RecordedViolation[] {
  switch (body.kind) {
    case "too large":
      return [wholeViolation("size", `The body is larger than ${maxBodyBytes} bytes, the limit of this server`)];
    case "empty":
      return [wholeViolation("syntax", "The body is empty, but must be JSON")];
    case "malformed":
      return [wholeViolation("syntax", `The body is not JSON: ${body.reason}`)];
    case "json":
      return [];
  }
}

/** Whether the body is too large for Prism to list all its violations. */
export function isLarge(body: Body): boolean {
  return body.kind === "json" && body.bytes > largestListedBytes;
}

/** Returns the rules that a body breaks; of a large body, only the first. */
export function checkBody(operation: ApiOperation, body: Body): RecordedViolation[] {
  if (body.kind !== "json") return [];
  return fieldViolations(operation.request, body.value, !isLarge(body)).map(
    ({ code = checkCode("body"), ...violation }) => ({
      in: "body",
      ...violation,
      code,
    }),
  );
}

/**
 * Rules that Prism does not know, or not always: in a list, it accepts a field of another kind if an earlier item is of that kind.
 */
export const beyondPrism: readonly string[] = [...rulesBeyondPrism, "oneOf"];

/** Returns the violations that remain after Prism's verdict, which decides every rule that Prism knows. */
export function afterPrism(found: readonly RecordedViolation[], verdict: PrismVerdict): readonly RecordedViolation[] {
  if (verdict.status === 200)
    return found.filter((one) => one.in === "query" || beyondPrism.includes(one.rule) || one.rule === "syntax");
  // The service is not known to check the media type.
  if (found.length > 0 || verdict.status === 415) return found;
  const [violation] = verdict.violations;
  const place = verdict.status === 401 || violation?.location[1] === "query" ? "query" : "body";
  return [
    {
      in: place,
      pointer: pointerOf(violation?.location ?? []),
      rule: violation?.code ?? place,
      code: checkCode(place),
      message: violation?.message ?? `Prism responds with ${verdict.status}`,
    },
  ];
}

function wholeViolation(rule: "path" | "method" | "size" | "syntax", message: string): RecordedViolation {
  const place = rule === "path" || rule === "method" ? rule : "body";
  return { in: place, pointer: "", rule, code: checkCode(rule), message };
}

/** A received body. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown; readonly bytes: number; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too large" };

/** Reads a JSON body, and stops at the first byte over the limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | string | null,
  declared: string | undefined,
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
    // The whole message can quote the body, which must not be repeated in a response.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return { kind: "malformed", reason: place ? `its syntax is wrong ${place}` : "its syntax is wrong" };
  }
}

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(query: URLSearchParams): RecordedViolation[] {
  return queryFields.flatMap((expected) => checkValue(expected, query.getAll(expected.name)) ?? []);
}

/** Returns the UserSigs of a query: the other two credentials are names, which help to find a mistake. */
export function credentials(query: URLSearchParams): string[] {
  return signatures(multimap(query));
}

/** Converts a query: a repeated name has a list of values. */
export function multimap(query: URLSearchParams): Record<string, string | string[]> {
  const map: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of query) {
    const before = map[name];
    map[name] = before === undefined ? value : [before, value].flat();
  }
  return { ...map };
}

function checkValue({ name, required, field }: QueryField, given: readonly string[]): RecordedViolation | undefined {
  const [first] = given;
  const place = { in: "query", pointer: `/${name}` } as const;
  if (first === undefined) {
    if (!required) return undefined;
    const code = field.errors?.["required"] ?? checkCode("query");
    return { ...place, rule: "required", code, message: `The query parameter ${name} is required, but is missing` };
  }
  if (given.length > 1) {
    const message = `The query parameter ${name} must be given once, but is given ${given.length} times`;
    return { ...place, rule: "once", code: checkCode("query"), message };
  }
  const [violation] = check(field, read(field, first));
  if (!violation) return undefined;
  const [expected, found] = words(violation);
  return {
    ...place,
    rule: violation.rule,
    code: violation.code ?? checkCode("query"),
    // A UserSig is never repeated.
    message: `The query parameter ${name} ${name === signatureName && first !== "" ? expected : `${expected}, but ${found}`}`,
  };
}

/** Parses a parameter: a query has only text, so "99999999" counts as an integer, as it does for Prism. */
function read({ type }: Field, text: string): unknown {
  if ((type !== "integer" && type !== "number") || text === "") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Checks credentials that are given and well formed. */
async function checkWellFormedCredentials(
  query: URLSearchParams,
  violations: readonly RecordedViolation[],
  checkCredentials: CredentialCheck | undefined,
): Promise<readonly RecordedViolation[]> {
  const broken = violations.some(({ pointer }) => credentialNames.some((name) => pointer === `/${name}`));
  return broken || !checkCredentials ? [] : checkCredentials(query);
}

/** The result of the request checks. */
export interface CheckedRequest {
  readonly violations: readonly RecordedViolation[];
  /** Undefined when Prism did not validate the request. */
  readonly verdict: PrismVerdict | undefined;
}

/**
 * Checks a request whose path and method are valid: the query, the body, and Prism's verdict.
 *
 * The checks read the fields of the model, and know two things that Prism does not: how strict the service is about the query, and the
 * description's own keywords. Prism validates each request, too. What Prism accepts is accepted, except for those two things.
 */
export async function checkRequest(
  operation: ApiOperation,
  query: URLSearchParams,
  headers: HeaderFields,
  body: Body,
  options: {
    readonly prism: () => Promise<Pick<Prism, "validateRequest">>;
    readonly maxBodyBytes: number;
    readonly checkCredentials?: CredentialCheck | undefined;
  },
): Promise<CheckedRequest> {
  const ofQuery = checkQuery(query);
  const found = [
    ...ofQuery,
    ...(await checkWellFormedCredentials(query, ofQuery, options.checkCredentials)),
    ...checkReadable(body, options.maxBodyBytes),
    ...checkBody(operation, body),
  ];
  if (
    body.kind === "too large" ||
    body.kind === "malformed" ||
    (isLarge(body) && found.some((one) => one.in === "body"))
  )
    return { violations: found, verdict: undefined };
  const { method, path } = operation;
  const value = body.kind === "json" ? body.value : undefined;
  const verdict = await (
    await options.prism()
  ).validateRequest({ method, path, query: multimap(query), headers, body: value });
  return { violations: afterPrism(found, verdict), verdict };
}
