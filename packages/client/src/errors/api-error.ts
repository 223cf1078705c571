import { errorCatalogue, type ErrorCategory, type ErrorEntry } from "../generated/error-catalogue.ts";
import type { OperationId } from "../generated/operations.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The service answered that the call failed: `ActionStatus` is not `OK`, or `ErrorCode` is not 0.
 *
 * @example
 * ```ts
 * if (error instanceof ApiError && error.category === "auth") console.error(error.code, error.entry?.fix);
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export class ApiError extends ContactGroupsError {
  override readonly name = "ApiError";
  /** `ErrorCode` of the answer, also where the catalogue does not know it. */
  readonly code: number;
  /** `ErrorInfo` of the answer, for people. It may change, so decide by the code. */
  readonly info: string;
  readonly operation: OperationId;
  /** What the error catalogue says about the code, if it knows it. */
  readonly entry: ErrorEntry | undefined;
  readonly category: ErrorCategory | undefined;

  constructor(operation: OperationId, code: number, info: string) {
    const entry = findEntry(code);
    super(describe(operation, code, info, entry));
    this.operation = operation;
    this.code = code;
    this.info = info;
    this.entry = entry;
    this.category = entry?.category;
  }
}

function findEntry(code: number): ErrorEntry | undefined {
  const entries: Readonly<Record<number, ErrorEntry>> = errorCatalogue;
  return Object.hasOwn(entries, code) ? entries[code] : undefined;
}

function describe(operation: OperationId, code: number, info: string, entry: ErrorEntry | undefined): string {
  const failure = `${operation} failed with ${code} ${entry?.name ?? "(not in the error catalogue)"}`;
  return [failure, info && `: ${info}`, entry && ` - ${entry.fix}`].filter(Boolean).join("");
}
