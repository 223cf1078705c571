/** The checks of a request before its operation responds: path, method, query, body, then Prism. */
import { check } from "@contact-groups/core/check";
import { mask } from "@contact-groups/core/redact";
import {
  credentials as credentialNames,
  type Field,
  type QueryField,
  queryFields,
} from "@contact-groups/openapi/model";
import type { CredentialCheck } from "./credentials.ts";
import { type Body, notUtf8 } from "./body.ts";
import { fieldViolations, words } from "./field-violations.ts";
import { afterPrism } from "./after-prism.ts";
import type { RequestMessage } from "./message.ts";
import {
  checkBytes,
  checkMediaType,
  checkSecrets,
  checkUncompressed,
  type MessageViolation,
  partsOf,
} from "./message-checks.ts";
import { checkCode, type ApiOperation, operations, regionOf, signatureName, signatures } from "./operations.ts";
import type { Prism, PrismVerdict } from "./prism.ts";
import { meantPath } from "./near-path.ts";
import { findPlaceholders } from "./placeholder-check.ts";
import type { RecordedViolation } from "./record/exchange.ts";
import { checkBodyValues, checkQueryValues } from "./value-checks.ts";

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
      return [
        {
          ...wholeViolation("syntax", `The body is not JSON: ${body.reason}`),
          ...(body.reason === notUtf8 && { rule: "encoding" }),
        },
      ];
    case "json":
      return [];
  }
}

/** Whether the body is too large for Prism to list all its violations. */
export function isLarge(body: Body): boolean {
  return body.kind === "json" && body.raw.byteLength > largestListedBytes;
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

function wholeViolation(rule: "path" | "method" | "size" | "syntax", message: string): RecordedViolation {
  const place = rule === "path" || rule === "method" ? rule : "body";
  return { in: place, pointer: "", rule, code: checkCode(rule), message };
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

export interface RequestCheckOptions {
  readonly prism: () => Promise<Pick<Prism, "validateRequest">>;
  readonly maxBodyBytes: number;
  readonly checkCredentials?: CredentialCheck | undefined;
  /** Key of the app, which no message may have. */
  readonly secretKey?: string | undefined;
}

/** The result of the request checks. */
export interface CheckedRequest {
  readonly violations: readonly RecordedViolation[];
  /** Undefined when Prism did not validate the request. */
  readonly verdict: PrismVerdict | undefined;
}

/**
 * Checks a request: its path and method, which `route` has checked, the query, the body, Prism's verdict, and what Prism does not see of the
 * message. The service is not known to reject the latter, so these violations have no code and do not change the response.
 */
export async function checkRequest(
  routed: ApiOperation | RecordedViolation,
  request: RequestMessage,
  options: RequestCheckOptions,
): Promise<CheckedRequest> {
  // The body of a request for another path or with another method may be of another API, and a server does not read it.
  if ("rule" in routed) {
    const head: RequestMessage = { ...request, body: { kind: "empty" } };
    return { violations: [routed, ...tolerated(findSecrets(head, options))], verdict: await askPrism(head, options) };
  }
  const { body, headers } = request;
  const found = await checkParts(routed, request, options);
  const { searchParams: query } = request.url;
  const sent = "value" in body ? body.value : undefined;
  const unset = findPlaceholders(query, sent);
  const values = [...checkQueryValues(query), ...checkBodyValues(routed.request, sent)];
  const ofMessage = tolerated([
    ...("raw" in body ? [...checkMediaType(headers), ...checkUncompressed(headers), ...checkBytes(body)] : []),
    ...findSecrets(request, options),
    // Where another rule is broken, it says more.
    ...intact(unset, found),
    ...intact(values, [...found, ...unset]),
  ]);
  const isListed = body.kind !== "too large" && !(isLarge(body) && found.some((one) => one.in === "body"));
  const verdict = isListed ? await askPrism(request, options) : undefined;
  const decided = verdict === undefined ? found : afterPrism(found, request, verdict);
  return { violations: [...decided, ...ofMessage], verdict };
}

/** Returns the violations of values that break no other rule, and have no part that does. */
function intact<Found extends Pick<RecordedViolation, "in" | "pointer">>(
  violations: readonly Found[],
  others: readonly Pick<RecordedViolation, "in" | "pointer">[],
): Found[] {
  return violations.filter(
    (one) => !others.some((other) => other.in === one.in && `${other.pointer}/`.startsWith(`${one.pointer}/`)),
  );
}

async function askPrism(
  request: RequestMessage,
  { prism }: Pick<RequestCheckOptions, "prism">,
): Promise<PrismVerdict | undefined> {
  const { pathname: path, searchParams } = request.url;
  return (await prism()).validateRequest({ ...request, path, query: multimap(searchParams) });
}

/** A rule that the service is not known to check has no code. */
function tolerated(violations: readonly Omit<RecordedViolation, "code">[]): RecordedViolation[] {
  return violations.map((violation) => ({ ...violation, code: undefined }));
}

/** Checks the query, the credentials and the body. */
async function checkParts(
  operation: ApiOperation,
  { url: { searchParams: query }, body }: RequestMessage,
  { maxBodyBytes, checkCredentials }: Pick<RequestCheckOptions, "maxBodyBytes" | "checkCredentials">,
): Promise<RecordedViolation[]> {
  const ofQuery = checkQuery(query);
  return [
    ...ofQuery,
    ...(await checkWellFormedCredentials(query, ofQuery, checkCredentials)),
    ...checkReadable(body, maxBodyBytes),
    ...checkBody(operation, body),
  ];
}

/** Finds UserSigs and the key where none belongs, or where others can read them. */
function findSecrets(
  { url, headers, body }: RequestMessage,
  { secretKey }: Pick<RequestCheckOptions, "secretKey">,
): MessageViolation[] {
  const own = signatures(multimap(url.searchParams)).filter((value) => value !== mask);
  if (secretKey !== undefined) own.push(secretKey);
  const query = [...url.searchParams]
    .filter(([name]) => name.toLowerCase() !== signatureName)
    .map(([name, text]) => ({
      in: "query" as const,
      pointer: `/${name}`,
      name: `The query parameter ${name}`,
      text,
    }));
  const isReadable = url.protocol === "http:" && regionOf(url) !== undefined;
  const unencrypted: MessageViolation = {
    in: "path",
    pointer: "",
    rule: "secret",
    message: "The address of the service must begin with https:, or others can read the UserSig, but begins with http:",
  };
  const repeated = checkSecrets<MessageViolation["in"]>(
    [
      { in: "path", pointer: "", name: "The path", text: url.pathname },
      { in: "path", pointer: "", name: "The fragment of the URL", text: url.hash },
      ...query,
      ...partsOf(headers, body),
    ],
    own,
  );
  return isReadable ? [unencrypted, ...repeated] : repeated;
}
