import { _, Ajv2020, type Name } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Bundle, Schema } from "./bundle.ts";
import { errorNames, queryValues } from "./query.ts";
import { requestSchemas } from "./request-schemas.ts";
import { toSource } from "./to-source.ts";

/** Where the generated code finds what Ajv would take from its own package, or what JSON Schema does not know. */
const lengthsModule = "../gate/lengths.ts";

/** Schemas of single values that a seed holds as well. */
const values = ["CustomMark", "GroupId", "GroupName", "StandardMark", "UserId"];

/** Renders the validators as an ES module that needs nothing of Ajv: one per operation's body, value of a seed and value of the query. */
export function renderValidators(bundle: Bundle): string {
  const bodies = requestSchemas(bundle);
  const query = queryValues(bundle).map(({ name, required, schema }) => [
    `query_${name}`,
    { type: "object", properties: { [name]: schema }, ...(required && { required: [name] }) },
  ]);
  const inBodies = Object.entries(bodies).map(([id, schema]) => [`body_${id}`, schema]);
  const inSeeds = values.map((name) => [`value_${name}`, bundle.components.schemas[name]]);
  const code = [
    standalone(Object.fromEntries([...inBodies, ...inSeeds]), false),
    // A query string is text, so "99999999" has to count as an integer.
    standalone(Object.fromEntries(query), true),
  ];
  const text = code.map(scoped).join("\n");
  if (/\brequire\(/.test(text)) throw new Error("The validators need something of Ajv's package.");
  return `import { byteLength, characterCount } from "${lengthsModule}";\n\n${text}`;
}

/** Renders the types of the validators, and the errors that the description gives to single keywords of a request. */
export function renderValidatorTypes(bundle: Bundle): string {
  const ids = Object.keys(requestSchemas(bundle));
  const names = queryValues(bundle).map(({ name }) => name);
  const line = (name: string): string => `export declare const ${name}: Validate;\n`;
  return `/** What is wrong with a value: the place as a JSON pointer, and the keyword of the schema. */
export interface Problem {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Says whether a value is valid; when it is not, \`errors\` has the first problem until the next call. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly Problem[] | null;
}

${[...ids.map((id) => `body_${id}`), ...values.map((name) => `value_${name}`), ...names.map((name) => `query_${name}`)].map(line).join("")}`;
}

/** Renders the errors that the description gives to single keywords of a request, by operation and place in the schema. */
export function renderBodyErrors(bundle: Bundle): string {
  const tables = Object.entries(requestSchemas(bundle)).map(([id, schema]) => [
    id,
    Object.fromEntries(
      keywordCodes(schema, "#")
        .map(([place, codes]) => [place, errorNames(bundle, codes)])
        .flatMap(([place, names]) =>
          Object.entries(names as Record<string, string>).map(([keyword, name]) => [
            `${place as string}/${keyword}`,
            name,
          ]),
        ),
    ),
  ]);
  return `import type { ErrorName } from "./errors.ts";
import type { OperationId } from "./operations.ts";

/** Name of the error that a broken keyword answers, by its place in the operation's request schema. */
export const bodyErrors: Readonly<Record<OperationId, Readonly<Partial<Record<string, ErrorName>>>>> = ${toSource(Object.fromEntries(tables))};
`;
}

function standalone(schemas: Readonly<Record<string, Schema>>, coerceTypes: boolean): string {
  const ajv = new Ajv2020({
    strict: false,
    coerceTypes,
    messages: false,
    formats: { int64: true },
    code: { source: true, esm: true, lines: true },
  });
  ajv.addKeyword({
    keyword: "x-maxBytes",
    type: "string",
    schemaType: "number",
    error: { message: "is too long", params: ({ schema }) => _`{limit: ${schema as number}}` },
    code: (context) => {
      // A disputed limit is a setting of the emulator, not a matter of the schema.
      if (context.parentSchema["x-maxBytesDisputed"] !== undefined) return;
      const bytes = context.gen.scopeValue("func", { key: "byteLength", ref: {}, code: _`byteLength` });
      context.fail(_`${bytes as Name}(${context.data}) > ${context.schema as number}`);
    },
  });
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);
  const exported = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
  return (standaloneCode as unknown as typeof standaloneCode.default)(ajv, exported);
}

/** Puts the code of one run into a scope of its own, because two runs use the same names. */
function scoped(code: string): string {
  const names = [...code.matchAll(/export const (\w+) = (\w+);/g)].map(
    ([, name, value]) => [name ?? "", value ?? ""] as const,
  );
  const inner = code
    .replace(/^"use strict";/, "")
    .replaceAll(/export const \w+ = \w+;\n?/g, "")
    .replaceAll(/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, "characterCount");
  return `export const { ${names.map(([name]) => name).join(", ")} } = (() => {
${inner}
return { ${names.map(([name, value]) => `${name}: ${value}`).join(", ")} };
})();
`;
}

function keywordCodes(node: unknown, place: string): [place: string, codes: Readonly<Record<string, number>>][] {
  if (typeof node !== "object" || node === null) return [];
  const codes = (node as Schema)["x-errorCodes"];
  const inner = Object.entries(node).flatMap(([key, value]) =>
    key === "x-errorCodes" ? [] : keywordCodes(value, `${place}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return codes ? [[place, codes], ...inner] : inner;
}
