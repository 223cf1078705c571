export { createClient } from "./create-client.ts";
export type {
  BatchInit,
  CallHeaders,
  CallInit,
  Client,
  IterateInit,
  IteratorMethods,
  OperationInit,
  OperationMethods,
  OperationResult,
} from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export type { Clock } from "@contact-groups/core/clock";
export type { Logger, LogLevel } from "./logger.ts";
export type { AttemptEvent, Middleware, MiddlewareCall, NextCall, RetryEvent } from "./middleware.ts";
export type { IterateRequest, JoinedName, PageItem, PageIterator } from "./pages.ts";
export type { ItemFailure, ItemResponse } from "./partial-failure.ts";
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
export { BatchError } from "./errors/batch-error.ts";
export type { BatchItem } from "./errors/batch-error.ts";
export { HttpError } from "./errors/http-error.ts";
export { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
export type { InvalidArgumentOptions } from "./errors/invalid-argument-error.ts";
export { NetworkError } from "./errors/network-error.ts";
export { PartialFailureError } from "./errors/partial-failure-error.ts";
export { ProtocolError } from "./errors/protocol-error.ts";
export { TimeoutError } from "./errors/timeout-error.ts";
export { UserSigError } from "./errors/user-sig-error.ts";

export { SearchError } from "./names.ts";
export type {
  ContactGroupIterator,
  ConversationFailure,
  CreateContactGroupResult,
  GroupedConversation,
  IterateContactGroupRequest,
  NamedGroup,
  SearchInit,
} from "./names.ts";

export { regions } from "@contact-groups/openapi/model";
export type {
  ErrorCategory,
  OperationErrorCodes,
  OperationId,
  Region,
  RequestBody,
  ResponseBody,
  OkBody,
  RetryAdvice,
} from "@contact-groups/openapi/model";
export type { components, operations, paths } from "@contact-groups/openapi/types";
export type * from "@contact-groups/openapi/bodies";
