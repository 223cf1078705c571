import type { OkBody, OperationId, RequestBody } from "@contact-groups/openapi/model";
import type { CallInit } from "./client.ts";

/** Makes one call of an operation. Resolves to the body of a successful answer, rejects with a `ContactGroupsError`. */
export type Send = <Operation extends OperationId>(
  operation: Operation,
  body: RequestBody<Operation>,
  init?: CallInit,
) => Promise<OkBody<Operation>>;
