/** Joins what the request checks and Prism find of a request. */
import { pointerOf, rulesBeyondPrism } from "./field-violations.ts";
import { headerOf, isJsonType, parseMediaType, type RequestMessage } from "./message.ts";
import { checkCode } from "./operations.ts";
import type { PrismVerdict, PrismViolation } from "./prism.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/**
 * Rules that Prism does not know, or not always: in a list, it accepts a field of another kind if an earlier item is of that kind.
 */
export const beyondPrism: readonly string[] = [...rulesBeyondPrism, "oneOf"];

/**
 * Returns what breaks a rule of the description by Prism's verdict: what the request checks found, without what Prism accepts, and what only
 * Prism found.
 */
export function afterPrism(
  found: readonly RecordedViolation[],
  { headers }: Pick<RequestMessage, "headers">,
  verdict: PrismVerdict,
): readonly RecordedViolation[] {
  // Prism validates the body only if its media type is right: `checkMediaType` reports one that is not.
  const isJson = isJsonType(parseMediaType(headerOf(headers, "Content-Type") ?? ""));
  const isBodyValidated = isJson && verdict.status !== 415;
  const byPrism = verdict.violations
    .map((violation) => ({ violation, place: placeOf(violation) }))
    .filter(({ violation, place }) => violation.code !== "415" && (place !== "body" || isBodyValidated));
  const kept = found.filter(
    ({ in: place, rule, code }) =>
      place !== "body" ||
      !isBodyValidated ||
      code === undefined ||
      rulesOfBytes.has(rule) ||
      beyondPrism.includes(rule) ||
      byPrism.some((one) => one.place === "body"),
  );
  const alone = byPrism.filter(({ place }) => !kept.some((one) => one.in === place && one.code !== undefined));
  return [
    ...kept,
    ...alone.map(({ violation: { location, message }, place }) => ({
      in: place,
      pointer: pointerOf(location),
      rule: "prism",
      code: checkCode(place),
      message: `Prism: ${message}`,
    })),
  ];
}

const rulesOfBytes: ReadonlySet<string> = new Set(["syntax", "size", "encoding"]);

/** Credentials are in the query. */
function placeOf({ location, code }: PrismViolation): "query" | "body" {
  return location[1] === "query" || code === "401" ? "query" : "body";
}
