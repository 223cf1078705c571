/** What there is to cover: read from the model, so that a new code or example shows up by itself. */
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { catalogue, operations } from "../operations.ts";
import { optionalFields } from "./optional-fields.ts";

export interface CoverableOperation {
  readonly operationId: string;
  /** Examples of answers of calls that succeed. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[];
  /** Failures that the catalogue lists for the operation. */
  readonly codes: readonly ErrorEntry[];
  /** Patterns of JSON pointers: `/GroupContactItem/{n}/ContactItem`. */
  readonly optionalFields: readonly string[];
  readonly isPaged: boolean;
}

export const coverable: readonly CoverableOperation[] = operations.map(
  ({ operationId, successes, request, paging }) => ({
    operationId,
    examples: Object.entries(successes).map(([name, value]) => ({ name, value })),
    codes: catalogue.filter((entry) => entry.operations.includes(operationId)),
    optionalFields: optionalFields(request),
    isPaged: paging !== undefined,
  }),
);
