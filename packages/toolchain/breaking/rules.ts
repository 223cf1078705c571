import { type Difference, otherName } from "./difference.ts";
import type { ChangeKind } from "./kinds.ts";
import { Branch, type Role } from "./tree.ts";

/** The kind of a difference and what happened, as the end of a sentence that begins with the name of the thing. */
type Rating = readonly [kind: ChangeKind, what: string];

/** Rates one difference. Undefined: another difference includes it. */
type RatingRule = (difference: Difference) => Rating | undefined;

/** Rates the keys of an object: a kind for each key whose change is described by its values, or a rule. No rule: `unrated`. */
function keys(known: Readonly<Record<string, ChangeKind | RatingRule>>): RatingRule {
  return (difference) => {
    const rule = Object.hasOwn(known, difference.key) ? known[difference.key]! : "unrated";
    return typeof rule === "string" ? [rule, keyChanged(difference)] : rule(difference);
  };
}

/** Rates names that are added, removed and, where there is a kind for it, renamed. A changed value has a rule of its own. */
function names(added: ChangeKind, removed: ChangeKind, renamed?: ChangeKind): RatingRule {
  return (difference) => {
    const other = renamed && otherName(difference);
    if (other !== undefined) return isAdded(difference) ? undefined : [renamed!, `was renamed to ${code(other)}`];
    if (isAdded(difference)) return [added, "was added"];
    return isRemoved(difference) ? [removed, "was removed"] : undefined;
  };
}

const isAdded = ({ before }: Difference): boolean => before === undefined;
const isRemoved = ({ after }: Difference): boolean => after === undefined;

/** Returns "changed from `1` to `2`", "was set to `2`" or "was removed". */
function changed({ before, after }: Difference): string {
  if (before === undefined) return `was set to ${code(after)}`;
  return after === undefined ? `(${code(before)}) was removed` : `changed from ${code(before)} to ${code(after)}`;
}

function keyChanged(difference: Difference): string {
  const { key, before, after } = difference;
  const values = [before, after].every((value) => value === undefined || typeof value !== "object");
  if (values) return `${code(key)} ${changed(difference)}`;
  if (before === undefined) return `${code(key)} was added`;
  return `${code(key)} ${after === undefined ? "was removed" : "changed"}`;
}

/** Returns a value as a code span. */
function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function without(values: unknown, others: unknown): unknown[] {
  return asArray(values).filter((value) => !asArray(others).includes(value));
}

/** A text, a link, a source or a document. */
const text: RatingRule = ({ pointer, before, after }) => {
  const source = pointer.endsWith("/x-source") || pointer.startsWith("/x-documents/");
  const what = before === undefined ? "was added" : after === undefined ? "was removed" : "changed";
  return source ? ["source-changed", `source ${what}`] : ["text-changed", `text ${what}`];
};

const describedFact = { description: "text-changed", "x-source": "source-changed" } as const;
const codeOf = { ...describedFact, error: "response-code-changed" } as const;

/** A check that is added or removed moves the others; its own rule rates it. */
const checkOrder: RatingRule = (difference) => {
  const [before, after] = [difference.before, difference.after].map((order) => String(order).split(", ").toSorted());
  return before!.join() === after!.join() ? ["check-order-changed", `order ${changed(difference)}`] : undefined;
};

/** The values of a server's variable. */
const variableValues: RatingRule = (difference) => {
  const { before, after } = difference;
  const narrower = isAdded(difference) || (without(before, after).length > 0 && !isRemoved(difference));
  return [narrower ? "value-removed" : "request-value-added", keyChanged(difference)];
};

/** An entry of the error catalogue, by its code. An entry that keeps its name under another code was renumbered. */
const entry: RatingRule = (difference) => {
  const { before, after, holders } = difference;
  const nameOf = (one: unknown): unknown => (one instanceof Branch ? one.values.get("name") : undefined);
  const codeUnder = (catalogue: Branch, one: unknown): string | undefined =>
    [...catalogue.values].find(([, other]) => nameOf(other) === nameOf(one))?.[0];
  if (isAdded(difference))
    return codeUnder(holders.before, after) ? undefined : ["error-added", `(${String(nameOf(after))}) was added`];
  const now = codeUnder(holders.after, before);
  const what = `(${String(nameOf(before))}) was`;
  return now ? ["error-renumbered", `${what} renumbered to ${code(now)}`] : ["error-removed", `${what} removed`];
};

/** The rate is what counts, not the span that it is measured in. */
const rate: RatingRule = (difference) => {
  const [before, after] = [difference.holders.before, difference.holders.after].map(
    ({ values }) => Number(values.get("calls")) / Number(values.get("seconds")),
  );
  return [after! < before! ? "rate-lowered" : "rate-raised", keyChanged(difference)];
};

/** A parameter: like a field of the request. */
const parameters: RatingRule = ({ after }) => {
  if (after === undefined) return ["parameter-removed", "was removed"];
  return after instanceof Branch && after.values.get("required") === true
    ? ["request-field-required", "was added, required"]
    : ["parameter-added", "was added, optional"];
};

const partKeys = keys({
  required: ({ after }) =>
    after === true ? ["request-field-required", "is required now"] : ["request-field-optional", "is optional now"],
  schema: () => ["type-changed", "has another schema"],
  content: () => ["type-changed", "has another content"],
  deprecated: "deprecation-changed",
});

const example: RatingRule = (difference) =>
  difference.before !== undefined && difference.after !== undefined
    ? ["example-changed", "was changed"]
    : names("example-added", "example-removed", "example-renamed")(difference);

/**
 * Rates a limit of a schema.
 *
 * @param upper Whether a larger value accepts more.
 */
function limit(upper: boolean): RatingRule {
  return (difference) => {
    const { before, after, direction } = difference;
    if (direction === "response") return ["response-limit-changed", keyChanged(difference)];
    const none = upper ? Infinity : -Infinity;
    const [one, other] = [Number(before ?? none), Number(after ?? none)];
    const narrower = upper ? other < one : other > one;
    return [narrower ? "request-limit-lowered" : "request-limit-raised", keyChanged(difference)];
  };
}

/** Two patterns cannot be compared. Without a pattern a request accepts more; with a new one a response has less. */
const pattern: RatingRule = (difference) => {
  const what = keyChanged(difference);
  if (difference.direction === "request" && isRemoved(difference)) return ["request-limit-raised", what];
  if (difference.direction === "response" && isAdded(difference)) return ["response-limit-changed", what];
  return ["pattern-changed", what];
};

const enumeration: RatingRule = (difference) => {
  const { before, after, direction, holders } = difference;
  const request = direction === "request";
  // The catalogue's own rules rate its codes.
  if (holders.after.values.has("x-enum-varnames")) return undefined;
  if (isAdded(difference)) return ["enumeration-closed", `is closed: it can only be ${code(after)}`];
  if (isRemoved(difference))
    return request ? ["request-value-added", "accepts any value"] : ["enumeration-opened", "can have any value"];
  // In the bundle a `const` is an enumeration of one value.
  if (asArray(before).length === 1 && asArray(after).length === 1)
    return ["const-changed", `changed from ${code(asArray(before)[0])} to ${code(asArray(after)[0])}`];
  const [lost, added] = [without(before, after), without(after, before)];
  if (lost.length > 0) return ["value-removed", `no longer has the values ${code(lost)}`];
  if (added.length === 0) return undefined;
  return [request ? "request-value-added" : "response-value-added", `has the new values ${code(added)}`];
};

/** `additionalProperties` and `unevaluatedProperties`. Responses are open; a closed request rejects unknown fields. */
const closing: RatingRule = (difference) => {
  if (difference.direction === "response") return ["response-limit-changed", keyChanged(difference)];
  return difference.after === false
    ? ["request-closed", "rejects unknown fields"]
    : ["request-opened", "accepts unknown fields"];
};

/** Returns whether the newer schema has the difference's key among its fields, or among those that it requires. */
function ownerHas({ owners, key }: Difference, among: "properties" | "required"): boolean {
  const branch = owners?.after.values.get(among);
  return branch instanceof Branch && branch.values.has(key);
}

/** A field of an object. A new request field that is required is rated in `required`. */
const property: RatingRule = (difference) => {
  const response = difference.direction === "response";
  const other = otherName(difference);
  if (isAdded(difference) && other === undefined && !response)
    return ownerHas(difference, "required") ? undefined : ["request-field-added", "was added, optional"];
  return names("response-field-added", "field-removed", "field-renamed")(difference);
};

/** A field in the list of required ones. That of a removed or renamed field follows the field. */
const required: RatingRule = (difference) => {
  const request = difference.direction === "request";
  if (isAdded(difference)) {
    if (wasRequiredBefore(difference)) return undefined;
    return [request ? "request-field-required" : "response-field-required", "is required now"];
  }
  if (!ownerHas(difference, "properties")) return undefined;
  return [request ? "request-field-optional" : "response-field-optional", "is no longer required"];
};

/** Returns whether a field that is newly required had another name before, under which it was required. */
function wasRequiredBefore({ key, owners, holders }: Difference): boolean {
  const [before, after] = [owners?.before.values.get("properties"), owners?.after.values.get("properties")];
  if (!(before instanceof Branch) || !(after instanceof Branch)) return false;
  const other = otherName({ key, before: undefined, after: after.values.get(key), holders: { before, after } });
  return other !== undefined && holders.before.values.has(other);
}

/** An alternative of `oneOf` or `anyOf`. A renamed component is rated under its own name. */
const member: RatingRule = (difference) => {
  const { before, after, holders, direction, key } = difference;
  if (otherName(difference) !== undefined) return undefined;
  const closed = ({ values }: Branch): boolean => [...values.values()].every((one) => !isOpen(one));
  if (isRemoved(difference))
    return isOpen(before) && closed(holders.after)
      ? ["enumeration-closed", "was closed: no other value is accepted"]
      : ["value-removed", `can no longer be ${code(key)}`];
  if (direction === "request") return ["request-value-added", `can be ${code(key)} too`];
  return isOpen(after) && closed(holders.before)
    ? ["enumeration-opened", "was opened: any value is possible"]
    : ["response-value-added", `can be ${code(key)} too`];
};

/** Returns whether a schema names no values and no fields, so that any value of its type is possible. */
function isOpen(one: unknown): boolean {
  return one instanceof Branch && ["enum", "const", "properties", "oneOf"].every((key) => !one.values.has(key));
}

const maximum = limit(true);
const minimum = limit(false);

/** The rule for the keys of each kind of branch. */
export const rules: Readonly<Record<Role, RatingRule>> = {
  document: keys({
    openapi: (difference) => ["dialect-changed", changed(difference)],
    jsonSchemaDialect: (difference) => ["dialect-changed", changed(difference)],
    security: (difference) => ["credential-changed", changed(difference)],
    firstServer: (difference) => ["first-server-changed", `the first server ${changed(difference)}`],
    checkOrder,
  }),
  servers: names("server-added", "server-removed"),
  server: keys({
    ...describedFact,
    url: "server-host-changed",
    "x-region": "server-host-changed",
    "x-backupUrl": (difference) => [
      isAdded(difference) ? "server-added" : "server-host-changed",
      keyChanged(difference),
    ],
    "x-status": "server-status-changed",
  }),
  variables: names("server-host-changed", "server-host-changed"),
  variable: keys({ ...describedFact, default: "default-changed", enum: variableValues }),
  limits: names("limit-lowered", "limit-removed", "limit-renamed"),
  limit: keys({
    ...codeOf,
    maximum: (difference) => [
      Number(difference.after) < Number(difference.before) ? "limit-lowered" : "limit-raised",
      keyChanged(difference),
    ],
    unit: "limit-unit-changed",
  }),
  checks: names("check-added", "check-removed"),
  check: keys(codeOf),
  errors: entry,
  error: keys({
    name: "error-renamed",
    title: "text-changed",
    message: "text-changed",
    cause: "text-changed",
    fix: "text-changed",
    hint: "text-changed",
    note: "text-changed",
    category: "category-changed",
    retry: "retry-changed",
    retryAfterSeconds: "pause-changed",
    status: "error-status-changed",
    source: "source-changed",
    origin: "error-moved",
  }),
  raised: (difference) =>
    isAdded(difference)
      ? ["error-raised-by-operation", `is a possible error of ${code(difference.key)} too`]
      : ["error-not-raised-by-operation", `is no longer an error of ${code(difference.key)}`],
  tags: names("component-added", "component-removed"),
  tag: text,
  componentNames: names("component-added", "component-removed", "component-renamed"),
  schemes: names("credential-changed", "credential-changed"),
  scheme: (difference) => ["credential-changed", keyChanged(difference)],
  operations: names("operation-added", "operation-removed"),
  operation: keys({
    operationId: "operation-renamed",
    tags: "tag-changed",
    deprecated: "deprecation-changed",
    security: "credential-changed",
    servers: "credential-changed",
    requestBody: (difference) =>
      isAdded(difference)
        ? ["request-field-required", "has a request body now"]
        : ["field-removed", "has no request body any more"],
    "x-effect": "effect-changed",
    "x-idempotent": "effect-changed",
    "x-paging": "reading-changed",
    "x-batch": "reading-changed",
    "x-itemResults": "reading-changed",
    "x-rateLimit": (difference) =>
      isAdded(difference) ? ["rate-lowered", "has a rate limit now"] : ["rate-raised", "has no rate limit any more"],
  }),
  idempotent: keys({ value: "effect-changed" }),
  rate: keys({ ...codeOf, calls: rate, seconds: rate }),
  parameters,
  parameter: partKeys,
  body: partKeys,
  contents: names("content-type-added", "content-type-removed"),
  media: partKeys,
  examples: example,
  responses: names("response-added", "response-removed"),
  schema: keys({
    maxLength: maximum,
    maxItems: maximum,
    maxProperties: maximum,
    maximum,
    exclusiveMaximum: maximum,
    "x-maxBytes": maximum,
    minLength: minimum,
    minItems: minimum,
    minProperties: minimum,
    minimum,
    exclusiveMinimum: minimum,
    // The limit of another document: the service may already reject a value between the two.
    "x-maxBytesDisputed": "response-limit-changed",
    pattern,
    enum: enumeration,
    type: "type-changed",
    format: "type-changed",
    items: "type-changed",
    oneOf: "type-changed",
    not: "type-changed",
    anyOf: "type-changed",
    additionalProperties: closing,
    unevaluatedProperties: closing,
    default: "default-changed",
    deprecated: "deprecation-changed",
    "x-appBits": "bit-changed",
    // They are created from the catalogue, whose own rules rate it.
    "x-enum-varnames": () => undefined,
    "x-enumDescriptions": () => undefined,
  }),
  properties: property,
  required,
  members: member,
  bits: (difference) =>
    isAdded(difference)
      ? ["bit-added", `has the new bit ${code(difference.key)}`]
      : ["bit-changed", `bit ${keyChanged(difference)}`],
  bitRange: (difference) => ["bit-changed", keyChanged(difference)],
  errorCodes: (difference) =>
    isAdded(difference)
      ? ["error-code-of-limit-added", `has the error code ${code(difference.after)} beyond ${code(difference.key)}`]
      : ["response-code-changed", `error code beyond ${keyChanged(difference)}`],
  texts: text,
};
