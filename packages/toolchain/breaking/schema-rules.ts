import { Branch } from "./branch.ts";
import type { Difference } from "./difference.ts";
import { otherName } from "./followers.ts";
import { asList } from "./node.ts";
import { came, changed, code, went, type Rule, type Verdict } from "./verdict.ts";

const upper = new Set(["maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum", "x-maxBytes"]);
const lower = new Set(["minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"]);

/** A keyword of a schema. */
export const keywordRule: Rule = (difference) => {
  const { key } = difference;
  if (upper.has(key) || lower.has(key)) return limit(difference);
  if (key === "enum") return enumeration(difference);
  if (key === "oneOf" || key === "anyOf" || key === "items") return ["type-changed", changedShape(difference)];
  if (key === "type" || key === "format") return ["type-changed", keyword(difference)];
  if (key === "pattern") return pattern(difference);
  if (key === "additionalProperties" || key === "unevaluatedProperties") return closing(difference);
  if (key === "x-appBits") return ["bit-changed", changedShape(difference)];
  if (key === "default") return ["default-changed", keyword(difference)];
  if (key === "deprecated") return ["deprecation-changed", keyword(difference)];
  // The limit of another document: a value between the two may be refused, by either text.
  if (key === "x-maxBytesDisputed") return ["response-limit-changed", keyword(difference)];
  // They are made of the catalogue, whose own rules tell what changed.
  if (key === "x-enum-varnames" || key === "x-enumDescriptions") return undefined;
  return ["unrated", keyword(difference)];
};

function limit(difference: Difference): Verdict {
  const { key, before, after, direction } = difference;
  if (direction === "response") return ["response-limit-changed", keyword(difference)];
  const open = upper.has(key) ? Infinity : -Infinity;
  const [one, other] = [before ?? open, after ?? open].map(Number) as [number, number];
  const narrower = upper.has(key) ? other < one : other > one;
  return [narrower ? "request-limit-lowered" : "request-limit-raised", keyword(difference)];
}

function pattern(difference: Difference): Verdict {
  // A new pattern can't be compared with the old one. Only to have none is wider for a request, only to get one is narrower for a response.
  if (difference.direction === "request" && went(difference)) return ["request-limit-raised", keyword(difference)];
  if (difference.direction === "response" && came(difference)) return ["response-limit-changed", keyword(difference)];
  return ["pattern-changed", keyword(difference)];
}

function enumeration(difference: Difference): Verdict | undefined {
  const { before, after, direction, holders } = difference;
  if (holders.after.values.has("x-enum-varnames")) return undefined;
  if (came(difference)) return ["enumeration-closed", `is closed: it can only be ${code(after)}`];
  if (went(difference))
    return direction === "request"
      ? ["request-value-added", "takes any value"]
      : ["enumeration-opened", "can have any value"];
  // In the bundle a `const` is an enumeration of one value.
  if (asList(before).length === 1 && asList(after).length === 1) return ["const-changed", keyword(difference)];
  const lost = asList(before).filter((value) => !asList(after).includes(value));
  if (lost.length > 0) return ["value-removed", `lost the values ${code(lost)}`];
  const added = asList(after).filter((value) => !asList(before).includes(value));
  if (added.length === 0) return undefined;
  return [direction === "request" ? "request-value-added" : "response-value-added", `got the values ${code(added)}`];
}

/** `additionalProperties` and `unevaluatedProperties`. Responses are open; a request is closed where unknown fields are refused. */
function closing(difference: Difference): Verdict {
  if (difference.direction === "response") return ["response-limit-changed", keyword(difference)];
  return difference.after === false
    ? ["request-closed", "refuses unknown fields"]
    : ["request-opened", "takes unknown fields"];
}

/** A field of an object. */
export const propertyRule: Rule = (difference) => {
  const { direction } = difference;
  const other = otherName(difference);
  if (other !== undefined) return came(difference) ? undefined : ["field-renamed", `was renamed to ${code(other)}`];
  if (went(difference)) return ["field-removed", "was removed"];
  if (direction === "response") return ["response-field-added", "was added"];
  return ownerHas(difference, "required") ? undefined : ["request-field-added", "was added, optional"];
};

/** A field in the list of required ones. That of a removed field goes with it. */
export const requiredRule: Rule = (difference) => {
  const request = difference.direction === "request";
  if (came(difference) && renamed(difference)) return undefined;
  if (came(difference)) return [request ? "request-field-required" : "response-field-required", "is required now"];
  if (!ownerHas(difference, "properties")) return undefined;
  return [request ? "request-field-optional" : "response-field-optional", "is no longer required"];
};

/** An alternative of `oneOf` or `anyOf`. */
export const memberRule: Rule = (difference) => {
  const { before, holders, direction, key } = difference;
  // Its component was renamed, and that is told.
  if (otherName(difference) !== undefined) return undefined;
  if (went(difference)) {
    const closed = isOpen(before) && [...holders.after.values.values()].every((member) => !isOpen(member));
    return closed
      ? ["enumeration-closed", "was closed: no other value is taken"]
      : ["value-removed", `lost ${code(key)}`];
  }
  if (direction === "request") return ["request-value-added", `can be ${code(key)} too`];
  return isOpen(difference.after) && [...holders.before.values.values()].every((member) => !isOpen(member))
    ? ["enumeration-opened", "was opened: any value can come"]
    : ["response-value-added", `can be ${code(key)} too`];
};

/** Whether a schema names no values and no fields, so that anything of its type can come. */
function isOpen(member: unknown): boolean {
  return member instanceof Branch && ["enum", "const", "properties", "oneOf"].every((key) => !member.values.has(key));
}

/** Whether the newer schema has the difference's key among its fields, or among those that it requires. */
function ownerHas({ owners, key }: Difference, among: "properties" | "required"): boolean {
  const branch = owners?.after.values.get(among);
  return branch instanceof Branch && branch.values.has(key);
}

/** Whether a field that is newly required had another name before, under which it was required. */
function renamed({ key, owners, holders }: Difference): boolean {
  const [before, after] = [owners?.before.values.get("properties"), owners?.after.values.get("properties")];
  if (!(before instanceof Branch) || !(after instanceof Branch)) return false;
  const other = otherName({
    ...same,
    key,
    before: undefined,
    after: after.values.get(key),
    holders: { before, after },
  });
  return other !== undefined && holders.before.values.has(other);
}

const same: Pick<Difference, "pointer" | "name" | "direction"> = { pointer: "", name: "", direction: "request" };

function changedShape({ key, before, after }: Difference): string {
  if (before === undefined) return `got \`${key}\``;
  return after === undefined ? `lost \`${key}\`` : `changed in \`${key}\``;
}

function keyword(difference: Difference): string {
  return `${code(difference.key)} ${changed(difference)}`;
}
