import type { OkBody, RequestBody } from "./bodies.ts";
import type { CallInit } from "./client.ts";
import type { OperationId } from "./generated/operations.ts";

/** Makes one call of an operation. Resolves to the body of a successful answer, rejects with a `ContactGroupsError`. */
export type Send = <Operation extends OperationId>(
  operation: Operation,
  body: RequestBody<Operation>,
  init?: CallInit,
) => Promise<OkBody<Operation>>;
