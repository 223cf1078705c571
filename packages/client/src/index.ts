export { createClient } from "./create-client.ts";
export type { CallInit, Client } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export type { Fetch } from "./transport.ts";

export { ContactGroupsError } from "./errors/contact-groups-error.ts";
export { ApiError } from "./errors/api-error.ts";
export { HttpError } from "./errors/http-error.ts";
export { NetworkError } from "./errors/network-error.ts";
export { ProtocolError } from "./errors/protocol-error.ts";
export { InvalidArgumentError } from "./errors/invalid-argument-error.ts";

export { errorCatalogue } from "./generated/error-catalogue.ts";
export type {
  ErrorCategory,
  ErrorEntry,
  ErrorName,
  ErrorStatus,
  KnownErrorCode,
  RetryAdvice,
} from "./generated/error-catalogue.ts";
export { regions } from "./generated/servers.ts";
export type { Region } from "./generated/servers.ts";
export type { OperationId } from "./generated/operations.ts";
export type { components, operations, paths } from "./generated/openapi.ts";

export type {
  Conversation,
  ConversationMarks,
  CreateContactGroupOk,
  CreateContactGroupRequest,
  CreateContactGroupResponse,
  Failure,
  GetContactGroupOk,
  GetContactGroupRequest,
  GetContactGroupResponse,
  GroupContactItem,
  GroupConversation,
  GroupItem,
  GroupResultItem,
  MarkedConversation,
  OneToOneConversation,
  RequestConversation,
  ResultItem,
  SearchContactGroupOk,
  SearchContactGroupRequest,
  SearchContactGroupResponse,
} from "./bodies.ts";
