import type { Bundle, Schema } from "./bundle.ts";
import { errorNames, queryValues } from "./query.ts";
import { requestSchemas } from "./request-schemas.ts";
import { declareValidator, renderStandalone } from "./standalone.ts";
import { toSource } from "./to-source.ts";

/** Renders the validators as an ES module that needs nothing of Ajv: one per operation's body and value of the query. */
export function renderValidators(bundle: Bundle): string {
  const query = queryValues(bundle).map(({ name, required, schema }) => [
    `query_${name}`,
    { type: "object", properties: { [name]: schema }, ...(required && { required: [name] }) },
  ]);
  const bodies = Object.entries(requestSchemas(bundle)).map(([id, schema]) => [`body_${id}`, schema]);
  return renderStandalone([
    { schemas: Object.fromEntries(bodies), coerceTypes: false },
    { schemas: Object.fromEntries(query), coerceTypes: true },
  ]);
}

/** Renders the types of the validators, and the errors that the description gives to single keywords of a request. */
export function renderValidatorTypes(bundle: Bundle): string {
  const ids = Object.keys(requestSchemas(bundle));
  const names = queryValues(bundle).map(({ name }) => name);
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

${[...ids.map((id) => `body_${id}`), ...names.map((name) => `query_${name}`)].map(declareValidator).join("")}`;
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

function keywordCodes(node: unknown, place: string): [place: string, codes: Readonly<Record<string, number>>][] {
  if (typeof node !== "object" || node === null) return [];
  const codes = (node as Schema)["x-errorCodes"];
  const inner = Object.entries(node).flatMap(([key, value]) =>
    key === "x-errorCodes" ? [] : keywordCodes(value, `${place}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return codes ? [[place, codes], ...inner] : inner;
}
