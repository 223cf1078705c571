import { resolve, type Schema } from "./description.ts";

/**
 * Rewrites a schema so that a validator names the one branch of a `oneOf` that was meant.
 *
 * Against a plain `oneOf` a validator lists what is wrong with every branch. Where each branch fixes the same property with `const`, the
 * value of that property says which branch was meant, so the `oneOf` becomes "the property is one of these values" and, for each value,
 * "if it is this one, then its branch". Both forms accept the same values.
 *
 * References are replaced by what they refer to: a validator that follows them takes quadratic time to list its errors. So the schema
 * must not refer to itself.
 */
export function tellApart(schema: Schema): Schema {
  return conditions(inline(schema) as Schema);
}

function inline(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inline);
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, inline(value)]),
  ) as Schema;
  return $ref === undefined ? rest : { ...rest, allOf: [inline(resolve($ref)), ...(rest.allOf ?? [])] };
}

function conditions<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(conditions) as Node;
  if (typeof node !== "object" || node === null) return node;
  const { oneOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, conditions(value)]),
  ) as Schema;
  const property = oneOf && sharedConstant(oneOf);
  if (!oneOf) return rest as Node;
  if (property === undefined) return { ...rest, oneOf } as Node;

  const values = oneOf.map((branch) => constants(branch)[property]);
  const known = { type: "object", required: [property], properties: { [property]: { enum: values } } };
  const branches = oneOf.map((branch, index) => ({
    if: { type: "object", required: [property], properties: { [property]: { const: values[index] } } },
    then: branch,
  }));
  return { ...rest, allOf: [...(rest.allOf ?? []), known, ...branches] } as Node;
}

function sharedConstant(branches: readonly Schema[]): string | undefined {
  const [first = {}, ...others] = branches.map(constants);
  return Object.keys(first).find((name) => others.every((other) => name in other));
}

/** The properties that a schema without references fixes to one value. */
function constants(schema: Schema): Readonly<Record<string, unknown>> {
  const own = Object.entries(schema.properties ?? {}).filter(([, property]) => "const" in property);
  return Object.assign(
    {},
    ...(schema.allOf ?? []).map(constants),
    Object.fromEntries(own.map(([name, property]) => [name, property["const"]])),
  );
}
