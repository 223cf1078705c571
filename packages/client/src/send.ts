import type { OkBody, OperationId } from "@contact-groups/openapi/model";
import type { CallInit } from "./client.ts";

/** Makes one call of an operation. Resolves to the body of a successful response, rejects with a `ContactGroupsError`. */
export type Send = <Operation extends OperationId>(
  operation: Operation,
  body: object,
  init?: CallInit,
) => Promise<OkBody<Operation> & { readonly [field: string]: unknown }>;
