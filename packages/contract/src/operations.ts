/** The operations and the error catalogue of the model as lists: what this package does for one of them it does for all. */
import {
  type ErrorEntry,
  errors,
  type Field,
  requestChecks,
  type RequestCheck,
  info,
  type OperationId,
  operations as technical,
  operationTexts,
  queryFields,
  type QueryParameter,
  type RequestBody,
  requestExamples,
  requestFields,
  responseFields,
  successExamples,
  type UnionField,
} from "@contact-groups/openapi/model";

/** How an operation answers page by page: names of the fields that say so. */
export interface Paging {
  /** Of the request: where the page begins. */
  readonly start: string;
  /** Of the response: where the next page begins. */
  readonly next: string;
  /** Of the response: 1 on the last page, 0 on every other. */
  readonly complete: string;
  /** Of the response: the list that goes on from page to page. */
  readonly items: string;
  /** Of the response: a list that names what the items refer to by their ids. */
  readonly names?: string;
}

/** Most calls in a span of time. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
}

export interface Operation {
  readonly operationId: OperationId;
  readonly path: string;
  readonly method: string;
  readonly effect: "read" | "create" | "change" | "delete";
  readonly rate: RateLimit;
  readonly paging?: Paging;
  /** Names of the list in the request, and of the list in the response that has an entry for each item that was found. */
  readonly batch?: { readonly request: string; readonly response: string };
  /** Paths of the list in the request, and of the list in the response that has the result of each item. */
  readonly itemResults?: { readonly request: string; readonly response: string };
  readonly request: Field;
  readonly response: UnionField;
  /** The document that describes it. */
  readonly docs: string;
  /** Requests of the description by name, the richest first. */
  readonly requests: Readonly<Record<string, RequestBody<OperationId>>>;
  /** Responses of calls that succeed by name. */
  readonly successes: Readonly<Record<string, object>>;
}

export const operations: readonly Operation[] = (Object.keys(technical) as OperationId[]).map((operationId) => ({
  ...technical[operationId],
  operationId,
  request: requestFields[operationId],
  response: responseFields[operationId],
  docs: operationTexts[operationId].docs.url,
  requests: requestExamples[operationId],
  successes: successExamples[operationId],
}));

/** The error catalogue, in the order of its codes. */
export const catalogue: readonly ErrorEntry[] = Object.values(errors);

/** The code that the service answers when this check fails. */
export function gateCode(check: RequestCheck): number {
  return requestChecks[check].error;
}

/** The document of an operation, else that of the whole API. */
export function docsOf(operation: string | undefined): string {
  return operations.find(({ operationId }) => operationId === operation)?.docs ?? info.docs.url;
}

/** Names of the query parameters that a caller draws anew for each call: those that are neither a credential nor fixed. */
export const drawnNames: readonly QueryParameter[] = queryFields
  .filter(({ credential, field }) => !credential && field.enum === undefined)
  .map(({ name }) => name);
