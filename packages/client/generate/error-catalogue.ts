import type { Bundle, BundleError } from "./bundle.ts";
import { toSource, toUnion } from "./to-source.ts";

/** Renders the error catalogue as data, by code, with the types that follow from it. */
export function renderErrorCatalogue(bundle: Bundle): string {
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((a, b) => a.code - b.code);
  return `import type { ErrorCategory, RetryAdvice } from "./error-table.ts";
import type { OperationId } from "./operations.ts";

/** How well a code is documented. */
export type ErrorStatus = ${toUnion(entries.map(({ status }) => status).toSorted())};

/** What the error catalogue says about one code. */
export interface ErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly category: ErrorCategory;
  readonly retry: RetryAdvice;
  readonly operations: readonly OperationId[];
  readonly status: ErrorStatus;
}

/** The error catalogue by code. */
export const errorCatalogue = ${toSource(Object.fromEntries(entries.map((entry) => [entry.code, pick(entry)])))} as const;

/** A code of the error catalogue. */
export type KnownErrorCode = keyof typeof errorCatalogue;

/** Name of an entry of the error catalogue. */
export type ErrorName = (typeof errorCatalogue)[KnownErrorCode]["name"];
`;
}

function pick({ code, name, message, cause, fix, category, retry, operations, status }: BundleError): object {
  return { code, name, message, cause, fix, category, retry, operations, status };
}
