import { _, Ajv2020, type Name } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Schema } from "./bundle.ts";

/** Schemas by the name of their validator. */
export interface ValidatorGroup {
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Whether text counts as a number: the values of a URL are text. */
  readonly coerceTypes: boolean;
}

/** Where the generated code finds what Ajv would take from its own package, or what JSON Schema does not know. */
const lengthsModule = "../gate/lengths.ts";

/** Renders an ES module of validators, one by the name of each schema, that needs nothing of Ajv. Each group has options of its own. */
export function renderStandalone(groups: readonly ValidatorGroup[]): string {
  const text = groups.map(({ schemas, coerceTypes }) => scoped(standalone(schemas, coerceTypes))).join("\n");
  if (/\brequire\(/.test(text)) throw new Error("The validators need something of Ajv's package.");
  return `import { byteLength, characterCount } from "${lengthsModule}";\n\n${text}`;
}

/** Renders the declaration of a validator. */
export function declareValidator(name: string): string {
  return `export declare const ${name}: Validate;\n`;
}

function standalone(schemas: Readonly<Record<string, Schema>>, coerceTypes: boolean): string {
  const ajv = new Ajv2020({
    strict: false,
    // JSON has numbers that JavaScript reads as Infinity, such as 1e400. They are no integers.
    strictNumbers: true,
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
