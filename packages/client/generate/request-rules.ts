import type { Bundle, BundleSchema } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toKey, toSource } from "./to-source.ts";

/** Renders what the request schemas say, as far as it can be checked before a call is spent. One rule for each schema, by its name. */
export function renderRequestRules(bundle: Bundle): string {
  const requests = Object.entries(bundle.paths).map(([path, { post }]) => {
    const { schema } = post.requestBody.content["application/json"];
    const at = `/paths/${path.replaceAll("/", "~1")}/post/requestBody/content/application~1json/schema`;
    return `  ${post.operationId}: ${toRule(bundle, schema, at)},\n`;
  });

  return `import type { OperationId } from "./operations.ts";

/** A rule for a value. An object's other fields are left alone: the service may know them. */
export type Rule =
  | { readonly type: "object"; readonly required: readonly string[]; readonly fields: Readonly<Record<string, Rule>> }
  | { readonly type: "array"; readonly min: number; readonly max: number; readonly items: Rule }
  | { readonly type: "string"; readonly min: number; readonly bytes: number; readonly pattern?: RegExp }
  | { readonly type: "integer"; readonly min: number }
  /** An object whose field \`by\` tells which rule is its own. */
  | { readonly type: "union"; readonly by: string; readonly rules: Readonly<Record<string, Rule & { readonly type: "object" }>> };

/** The rule of each operation's request body. Where documents dispute a limit, it is the larger one: what the service may take is sent. */
export const requestRules: Readonly<Record<OperationId, Rule>> = {
${requests.join("")}};
`;
}

/** @param at Where the schema is, as a JSON pointer in the bundle. */
function toRule(bundle: Bundle, schema: BundleSchema, at: string): string {
  const { $ref, ...own } = schema;
  if ($ref !== undefined) at = $ref.slice(1);
  const all: BundleSchema = $ref === undefined ? own : { ...resolve(bundle, $ref), ...own };
  const { oneOf, type, minimum, items, minItems, maxItems, minLength, pattern } = all;
  // A keyword beside a \`$ref\` that only narrows what the referenced schema says.
  if (all.$ref !== undefined) return toRule(bundle, all, at);
  if (oneOf) return toUnionRule(bundle, oneOf, `${at}/oneOf`);
  if (type === "object") return toObjectRule(bundle, all, at);
  if (type === "integer") return `{ type: "integer", min: ${minimum ?? "-Infinity"} }`;
  if (type === "array" && items)
    return `{ type: "array", min: ${minItems ?? 0}, max: ${maxItems ?? "Infinity"}, items: ${toRule(bundle, items, `${at}/items`)} }`;
  if (type === "string") {
    const bytes = Math.max(all["x-maxBytes"] ?? Infinity, all["x-maxBytesDisputed"] ?? 0);
    return `{ type: "string", min: ${minLength ?? 0}, bytes: ${bytes}${pattern ? `, pattern: ${String(new RegExp(pattern))}` : ""} }`;
  }
  throw new NotSupported(
    at,
    `The client checks requests of type object, array with items, string and integer, and oneOf of objects, but not of type ${JSON.stringify(type)}.`,
  );
}

function toObjectRule(bundle: Bundle, { required = [], properties = {} }: BundleSchema, at: string): string {
  const fields = Object.entries(properties).filter(([, property]) => property.const === undefined);
  const rules = fields.map(
    ([name, property]) => `${toKey(name)}: ${toRule(bundle, property, `${at}/properties/${name}`)}`,
  );
  return `{ type: "object", required: ${toSource(required)}, fields: { ${rules.join(", ")} } }`;
}

function toUnionRule(bundle: Bundle, branches: readonly BundleSchema[], at: string): string {
  const schemas = branches.map(({ $ref, ...own }) => ($ref === undefined ? own : resolve(bundle, $ref)));
  const constants = schemas.map(({ properties = {} }) =>
    Object.entries(properties).find(([, property]) => property.const !== undefined),
  );
  const by = constants[0]?.[0];
  if (by === undefined || constants.some((constant) => constant?.[0] !== by))
    throw new NotSupported(
      at,
      "Nothing tells the alternatives of this oneOf apart. Give each of them the same required property with its own const.",
    );
  const rules = schemas.map(
    (schema, index) =>
      `${String(constants[index]?.[1].const)}: ${toObjectRule(bundle, schema, branches[index]?.$ref?.slice(1) ?? `${at}/${index}`)}`,
  );
  return `{ type: "union", by: ${toSource(by)}, rules: { ${rules.join(", ")} } }`;
}

function resolve(bundle: Bundle, $ref: string): BundleSchema {
  return bundle.components.schemas[$ref.split("/").at(-1) ?? ""]!;
}
