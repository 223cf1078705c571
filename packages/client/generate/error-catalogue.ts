import type { Bundle, BundleError } from "./bundle.ts";
import { toSource, toUnion } from "./to-source.ts";

/** Renders the error catalogue as data, by code, with the types that follow from it. */
export function renderErrorCatalogue(bundle: Bundle): string {
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((a, b) => a.code - b.code);
  const union = (field: "category" | "retry" | "status"): string =>
    toUnion(entries.map((entry) => entry[field]).toSorted());

  return `import type { OperationId } from "./operations.ts";

/** Where the cause of a failure lies. */
export type ErrorCategory = ${union("category")};

/** Whether a repeated call can succeed, and what must come first. */
export type RetryAdvice = ${union("retry")};

/** How well a code is documented. */
export type ErrorStatus = ${union("status")};

/** What the error catalogue says about one code. */
export interface ErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
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

function pick({ code, name, message, fix, category, retry, operations, status }: BundleError): BundleError {
  return { code, name, message, fix, category, retry, operations, status };
}
