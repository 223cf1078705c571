import type { Bundle } from "./bundle.ts";
import { toSource } from "./to-source.ts";

/** Renders the error catalogue as far as answers need it, by name. */
export function renderErrors(bundle: Bundle): string {
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((a, b) => a.code - b.code)
    .map(({ code, name, message, operations }) => [name, { code, message, operations }]);

  return `/** The error catalogue by name. */
export const errors = ${toSource(Object.fromEntries(entries))} as const;

/** Name of an entry of the error catalogue. */
export type ErrorName = keyof typeof errors;
`;
}
