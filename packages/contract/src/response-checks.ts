/** The checks of a response as a provider sent it: status, header fields, bytes, then the body. */
import { redaction } from "@contact-groups/core/redact";
import { type Body, parseBody } from "./body.ts";
import { fieldViolations, pointerOf, rulesBeyondPrism } from "./field-violations.ts";
import { headerOf, isJsonType, parseMediaType, type ResponseMessage } from "./message.ts";
import { checkBytes, checkCoding, checkLatency, checkMediaType, checkSecrets, partsOf } from "./message-checks.ts";
import type { ApiOperation } from "./operations.ts";
import type { Prism, PrismViolation } from "./prism.ts";
import type { ResponseViolation } from "./record/exchange.ts";

/** What else is known of a call. */
export interface CallContext {
  /** The UserSigs and keys of the call, which a response must not repeat. */
  readonly secrets?: readonly string[];
  /** Milliseconds from the request to the whole response. */
  readonly tookMs?: number;
}

/** Returns the rules that a response to a call of the operation breaks. */
export async function checkResponse(
  operation: ApiOperation,
  response: ResponseMessage,
  prism: Prism,
  { secrets = [], tookMs = 0 }: CallContext = {},
): Promise<readonly ResponseViolation[]> {
  const { status, headers } = response;
  const body = parseBody(response.body);
  const { method, path } = operation;
  const byPrism = await prism.validateResponse({ method, path, status, headers, body });
  const ofContent =
    status === 200
      ? [
          ...checkMediaType(headers),
          ...checkCoding(headers),
          ...checkBytes(body),
          ...checkContent(operation, response, body, byPrism),
        ]
      : [violation("status", "status", `The HTTP status is ${status}, but the service always sends 200`)];
  const own = [...ofContent, ...checkSecrets(partsOf(headers, body), secrets), ...checkLatency(tookMs)];
  const redact = redaction(secrets);
  return [...own, ...onlyByPrism(own, byPrism ?? [])].map((one) => ({ ...one, message: redact(one.message) }));
}

/** Checks the value of a body. Prism decides whether it is valid, if it can read it; the wording of the request checks says why it is not. */
function checkContent(
  { response: field }: ApiOperation,
  { headers }: ResponseMessage,
  body: Body,
  byPrism: readonly PrismViolation[] | undefined,
): ResponseViolation[] {
  if (body.kind !== "json") return [violation("body", "syntax", "The body is not JSON")];
  const isJson = isJsonType(parseMediaType(headerOf(headers, "Content-Type") ?? ""));
  if (isJson && byPrism && !byPrism.some(({ location }) => location[1] === "body")) return [];
  return fieldViolations(field, body.value, true)
    .filter(({ rule }) => !rulesBeyondPrism.includes(rule))
    .map(({ pointer, rule, message }) => ({ in: "body", pointer, rule, message }));
}

/** Returns the violations that Prism alone finds, in a part of the response where the other checks find none. */
function onlyByPrism(own: readonly ResponseViolation[], byPrism: readonly PrismViolation[]): ResponseViolation[] {
  return byPrism
    .map(({ location, message }) => ({
      in: location[1] === "body" ? ("body" as const) : ("header" as const),
      pointer: pointerOf(location),
      rule: "prism",
      message: `Prism: ${message}`,
    }))
    .filter(({ in: place }) => !own.some((one) => explains(one, place)));
}

/** A status or a media type that is wrong explains all that Prism says of the response. */
function explains(own: ResponseViolation, place: "body" | "header"): boolean {
  return own.rule === "status" || own.rule === "content-type" || (own.in === place && own.rule !== "secret");
}

function violation(place: "status" | "body", rule: string, message: string): ResponseViolation {
  return { in: place, pointer: "", rule, message };
}
