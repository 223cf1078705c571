import { operationsOf, resolve, type Bundle, type Schema } from "./bundle.ts";

/** The schema of each operation's request, as a validator wants it: without references, and with `oneOf` told apart. */
export function requestSchemas(bundle: Bundle): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    operationsOf(bundle).map(([, { operationId, requestBody }]) => [
      operationId,
      forValidator(bundle, requestBody.content["application/json"].schema),
    ]),
  );
}

/** A schema as a validator wants it; its references are places in the description. */
export function forValidator(description: object, schema: Schema): Schema {
  return closeBranches(tellApart(inline(description, schema)));
}

/** Keywords that say nothing about a value. */
const annotations = new Set(["description", "x-source", "x-bound", "format"]);

function inline<Node>(bundle: object, node: Node): Node {
  if (Array.isArray(node)) return node.map((item) => inline(bundle, item)) as Node;
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key, value]) => !annotations.has(key) || typeof value === "object");
  const { "x-source": _, ...kept } = Object.fromEntries(entries.map(([key, value]) => [key, inline(bundle, value)]));
  const { $ref, ...rest } = kept as Schema;
  if ($ref === undefined) return rest as Node;
  const referred = inline(bundle, resolve(bundle, $ref) as Schema);
  // One object where that is possible: it keeps the checks flat.
  const clash = Object.keys(referred).some((key) => key in rest);
  return (clash ? { ...rest, allOf: [referred, ...(rest.allOf ?? [])] } : { ...referred, ...rest }) as Node;
}

/**
 * Where each branch of a `oneOf` fixes the same property with `const`, the value of that property says which branch was meant. Then
 * "the property is one of these values" and, for each value, "if it is this one, then its branch" accepts the same values, and an
 * error is about the branch that was meant.
 */
function tellApart<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(tellApart) as Node;
  if (typeof node !== "object" || node === null) return node;
  const { oneOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, tellApart(value)]),
  ) as Schema;
  if (!oneOf) return rest as Node;
  const property = sharedConstant(oneOf);
  if (property === undefined) return { ...rest, oneOf } as Node;

  const values = oneOf.map((branch) => branch.properties?.[property]?.["const"]);
  const type = oneOf[0]?.properties?.[property]?.["type"];
  const known = { type: "object", required: [property], properties: { [property]: { type, enum: values } } };
  const branches = oneOf.map((branch, index) => ({
    if: { properties: { [property]: { const: values[index] } } },
    then: branch,
  }));
  return { ...rest, allOf: [...(rest.allOf ?? []), known, ...branches] } as Node;
}

function sharedConstant(branches: readonly Schema[]): string | undefined {
  const [first = {}, ...others] = branches.map((branch) => branch.properties ?? {});
  return Object.keys(first).find((name) =>
    [first, ...others].every((properties) => properties[name]?.["const"] !== undefined),
  );
}

/**
 * Says `unevaluatedProperties: false` by `additionalProperties: false` of each branch. What Ajv 8 makes of the former lets a conversation
 * of an array have the fields that the conversations before it had.
 */
function closeBranches<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(closeBranches) as Node;
  if (typeof node !== "object" || node === null) return node;
  const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closeBranches(value)])) as Schema;
  const { unevaluatedProperties, ...open } = schema;
  return (unevaluatedProperties === false && hasBranches(open) ? close(open, fieldsOf(open)) : schema) as Node;
}

function hasBranches({ allOf = [], then }: Schema): boolean {
  return then !== undefined || allOf.some(hasBranches);
}

/** The fields that a schema names for every branch. */
function fieldsOf({ properties = {}, allOf = [] }: Schema): Readonly<Record<string, Schema>> {
  const own = Object.fromEntries(Object.keys(properties).map((name) => [name, {}]));
  return Object.assign({}, own, ...allOf.map(fieldsOf));
}

function close(schema: Schema, fields: Readonly<Record<string, Schema>>): Schema {
  const { allOf, then } = schema;
  if (allOf) return { ...schema, allOf: allOf.map((part) => close(part, fields)) };
  if (then === undefined) return schema;
  const branch = then as Schema;
  return {
    ...schema,
    then: { ...branch, properties: { ...fields, ...branch.properties }, additionalProperties: false },
  };
}
