/** The operations and the error catalogue of the model as lists, so that this package treats all operations alike. */
import { callRedaction, type CallRedaction } from "@contact-groups/core/redact";
import {
  type CredentialParameter,
  descriptionVersion,
  documents as all,
  type ErrorEntry,
  errors,
  type Field,
  info,
  type ObjectField,
  type OperationId,
  operations as technical,
  operationTexts,
  queryFields,
  type QueryParameter,
  type RequestBody,
  type RequestCheck,
  requestChecks,
  requestExamples,
  requestFields,
  responseFields,
  servers,
  successExamples,
  type UnionField,
} from "@contact-groups/openapi/model";

/** The field of each request with the owner of the groups and marks. */
export const ownerName: "From_Account" & keyof RequestBody<OperationId> = "From_Account";

/** The field of the owner, as every request has it. */
export const ownerField: Field = (requestFields.getContactGroup as ObjectField).fields[ownerName]!;

/** How an operation pages: names of the fields. */
export interface PagingFields {
  /** Of the request: where the page begins. */
  readonly start: string;
  /** Of the response: where the next page begins. */
  readonly next: string;
  /** Of the response: 1 on the last page, 0 on every other. */
  readonly complete: string;
  /** Of the response: the list that the pages divide. */
  readonly items: string;
  /** Of the response: a list that names what the items refer to by their ids. */
  readonly names?: string;
}

/** Maximum number of calls in a span of time. */
export interface CallRate {
  readonly calls: number;
  readonly seconds: number;
}

export interface ApiOperation {
  readonly operationId: OperationId;
  readonly path: string;
  readonly method: string;
  readonly effect: "read" | "create" | "change" | "delete";
  /** Whether a second call with the same request changes nothing more. */
  readonly idempotent: boolean;
  readonly rate: CallRate;
  readonly paging?: PagingFields;
  /** Paths of the list in the request, and of the list in the response that has an entry for each item that was found. */
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

export const operations: readonly ApiOperation[] = (Object.keys(technical) as OperationId[]).map((operationId) => ({
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

/** Returns the code of the service's response when this check fails. */
export function checkCode(check: RequestCheck): number {
  return requestChecks[check].error;
}

/** Returns the document of an operation, else that of the whole API. */
export function docsOf(operation: string | undefined): string {
  return operations.find(({ operationId }) => operationId === operation)?.docs ?? info.docs.url;
}

/** Names of the query parameters that a caller generates for each call: neither a credential nor fixed. */
export const drawnNames: readonly QueryParameter[] = queryFields
  .filter(({ credential, field }) => !credential && field.enum === undefined)
  .map(({ name }) => name);

/** The credential that is a signature; the other two are names. The description does not mark it as more secret. */
export const signatureName: CredentialParameter = "usersig";

/** The credential that names the app. */
export const appName: CredentialParameter = "sdkappid";

/** The credential that names the caller, an administrator. */
export const callerName: CredentialParameter = "identifier";

const calls = callRedaction(signatureName);
export const signatures: CallRedaction["signatures"] = calls.signatures;
export const cleaner: CallRedaction["cleaner"] = calls.cleaner;

export { descriptionVersion };

/** A document that is a source of the description. */
export interface SourceDocument {
  readonly title: string;
  readonly url?: string;
  readonly date: string;
}

export const documents: Readonly<Record<string, SourceDocument>> = all;

/** The name of success in scenarios; it is not in the catalogue. */
export const success = "OK";

/** Returns the entry of a code; undefined for 0 and for one that no document lists. */
export function entryOf(code: number | undefined): ErrorEntry | undefined {
  return catalogue.find((it) => it.code === code);
}

/** Returns a code with its name: `51010 TooManyConversationGroups`. */
export function sayCode(code: number): string {
  if (code === 0) return `0 ${success}`;
  return `${code} ${entryOf(code)?.name ?? "(not in the error catalogue)"}`;
}

/** The checks that a request passes before its operation, in their order. */
export const requestCheckList: readonly { readonly check: string; readonly error: number }[] = Object.entries(
  requestChecks,
).map(([check, { error }]) => ({ check, error }));

/** Returns the region when the host is one of the service's own. */
export function regionOf(url: URL): string | undefined {
  const hostOf = (text: string | undefined): string | undefined =>
    text !== undefined && URL.canParse(text) ? new URL(text).hostname : undefined;
  return servers.find((server) => [server.url, server.backupUrl].some((known) => hostOf(known) === url.hostname))
    ?.region;
}
