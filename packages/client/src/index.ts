export { createClient } from "./create-client.ts";
export type { CallHeaders, CallInit, Client, CreateContactGroupResult, IterateInit, SearchInit } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export type { Clock } from "@contact-groups/core/clock";
export type { Logger, LogLevel } from "./logger.ts";
export type { AttemptEvent, Middleware, MiddlewareCall, NextCall, RetryEvent } from "./middleware.ts";
export type { ContactGroupIterator, GroupedConversation, IterateContactGroupRequest, NamedGroup } from "./pages.ts";
export type { ConversationFailure } from "./partial-failure.ts";
export type { RetryOptions } from "./retry.ts";
export type { RetryBudgetOptions } from "./retry-budget.ts";
export type { ErrorCodeOf, OperationError, SafeClient, SafeResult } from "./safe.ts";
export type { Fetch, Transport, TransportAnswer, TransportRequest } from "./transport.ts";
export type { ProvidedUserSig, UserSigContext, UserSigProvider } from "./user-sig-provider.ts";
export { c2c, g2c } from "./conversation.ts";
export { formatStandardMark, parseStandardMark } from "./marks.ts";
export type { StandardMark, StandardMarkName } from "./marks.ts";

export { ContactGroupsError } from "./errors/contact-groups-error.ts";
export {
  ApiError,
  ApplicationError,
  AuthError,
  RequestError,
  ThrottleError,
  TransientError,
} from "./errors/api-error.ts";
export type { ApiErrorDetails } from "./errors/api-error.ts";
export { HttpError } from "./errors/http-error.ts";
export { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
export type { InvalidArgumentOptions } from "./errors/invalid-argument-error.ts";
export { NetworkError } from "./errors/network-error.ts";
export { PartialFailureError } from "./errors/partial-failure-error.ts";
export { ProtocolError } from "./errors/protocol-error.ts";
export { SearchError } from "./errors/search-error.ts";
export { TimeoutError } from "./errors/timeout-error.ts";
export { UserSigError } from "./errors/user-sig-error.ts";

export type { ErrorCategory, OperationErrorCodes, RetryAdvice } from "@contact-groups/openapi/model";
export { regions } from "@contact-groups/openapi/model";
export type { Region } from "@contact-groups/openapi/model";
export type { OperationId } from "@contact-groups/openapi/model";
export type { components, operations, paths } from "@contact-groups/openapi/types";

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
} from "@contact-groups/openapi/bodies";
