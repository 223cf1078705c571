import { operationsOf, resolve, type Bundle, type BundleParameter, type Schema } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toSource } from "./to-source.ts";

/** A value of the query: a credential or a parameter. */
export interface QueryValue {
  readonly name: string;
  readonly required: boolean;
  /** A credential, which no answer may show. */
  readonly secret: boolean;
  readonly schema: Schema;
  readonly errorCodes: Readonly<Record<string, number>>;
}

/** The values of the query in the order of their checks. All operations have the same. */
export function queryValues(bundle: Bundle): readonly QueryValue[] {
  const credentials = bundle.security
    .flatMap((requirement) => Object.keys(requirement))
    .map((key): QueryValue => {
      const scheme = bundle.components.securitySchemes[key];
      if (!scheme)
        throw new NotSupported("/security", `components.securitySchemes has no \`${key}\`. Add it, or remove it here.`);
      const { name, "x-schema": schema, "x-errorCodes": errorCodes } = scheme;
      return { name, required: true, secret: true, schema, errorCodes };
    });
  const operations = operationsOf(bundle);
  const [first = [], ...others] = operations.map(([, operation]) => parameters(bundle, operation.parameters ?? []));
  const different = others.findIndex((other) => JSON.stringify(other) !== JSON.stringify(first));
  if (different === -1) return [...credentials, ...first];
  const [path] = operations[different + 1]!;
  throw new NotSupported(
    `/paths/${path.replaceAll("/", "~1")}/post/parameters`,
    "All operations have the same parameters in the query, and these differ from those of the first one. Make them the same.",
  );
}

/** Renders names and codes of the query's values; their schemas are in the validators. */
export function renderQuery(bundle: Bundle): string {
  const values = queryValues(bundle);
  const byCheck = values.map(({ name, required, secret, errorCodes }) => [
    name,
    { required, secret, errors: errorNames(bundle, errorCodes) },
  ]);

  return `/** The values of the query, in the order of their checks. */
export const queryValues = ${toSource(Object.fromEntries(byCheck))} as const;

/** Name of a value of the query. */
export type QueryName = keyof typeof queryValues;
`;
}

/** Names of the errors, by keyword. */
export function errorNames(bundle: Bundle, codes: Readonly<Record<string, number>>): Record<string, string> {
  const entries = Object.values(bundle["x-errors"]).flat();
  return Object.fromEntries(
    Object.entries(codes).map(([keyword, code]) => [keyword, entries.find((entry) => entry.code === code)?.name ?? ""]),
  );
}

function parameters(bundle: Bundle, nodes: readonly (BundleParameter | { readonly $ref: string })[]): QueryValue[] {
  return nodes
    .map((node) => ("$ref" in node ? (resolve(bundle, node.$ref) as BundleParameter) : node))
    .filter((parameter) => parameter.in === "query")
    .map(({ name, required = false, schema, "x-errorCodes": errorCodes = {} }) => ({
      name,
      required,
      secret: false,
      schema,
      errorCodes,
    }));
}
