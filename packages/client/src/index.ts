/** Entry `@contact-groups/client`. */
export { createClient } from "./create-client.ts";
export { c2c, g2c } from "./conversation.ts";
export {
  diffStandardMark,
  formatStandardMark,
  parseStandardMark,
  type StandardMark,
  type StandardMarkName,
  type StandardMarkParts,
} from "./marks.ts";
export {
  ensureContactGroup,
  type EnsureContactGroupRequest,
  type EnsuredContactGroup,
} from "./operations/create-contact-group.ts";
export { deleteContactGroup, type DeleteContactGroupRequest } from "./operations/del-contact-group.ts";
export {
  markConversations,
  markItem,
  type MarkChange,
  type MarkConversationsRequest,
} from "./operations/mark-contact.ts";
export {
  addToContactGroup,
  removeFromContactGroup,
  renameContactGroup,
  type GroupConversationsRequest,
  type RenameContactGroupRequest,
} from "./operations/update-contact-group.ts";
export { metadataOf, type CallMetadata } from "./metadata.ts";
export { regions } from "@contact-groups/openapi/model";
export {
  ApiError,
  ApplicationError,
  AuthError,
  BatchError,
  ContactGroupsError,
  HttpError,
  InvalidArgumentError,
  NetworkError,
  PartialFailureError,
  ProtocolError,
  QueueError,
  RequestError,
  ThrottleError,
  TimeoutError,
  TransientError,
  UserSigError,
} from "./errors.ts";

export { isSuccess } from "./response.ts";

export type { Clock } from "@contact-groups/core/clock";
export type { BatchInit, CallInit, EndpointInit, IterateInit } from "./call-init.ts";
export type { ClientOptions } from "./client-options.ts";
export type { Client, OperationError, SafeResult } from "./client.ts";
export type { Endpoint, EndpointPath, ItemFailure, ItemResponse, OperationResult } from "./declared.ts";
export type { Logger, LogLevel } from "./logger.ts";
export type { AttemptEvent, ClientStatus, Middleware, MiddlewareCall, RetryEvent } from "./middleware.ts";
export type { PageItem, PageIterator } from "./pages.ts";
export type { Progress } from "./progress.ts";
export type {
  Lane,
  Permit,
  PermitOutcome,
  PermitRequest,
  Rate,
  RateKey,
  RateLimiter,
  RateStatus,
} from "./rate-limiter.ts";
export type { RetryOptions } from "./retry.ts";
export type { Fetch, Transport, TransportRequest, TransportResponse } from "./transport.ts";
export type { UserSigProvider } from "./user-sig-source.ts";

export type {
  ErrorCategory,
  OperationId,
  Region,
  RequestBody,
  ResponseBody,
  RetryAdvice,
} from "@contact-groups/openapi/model";
// All of them, since the declarations of a consumer name what a method takes and returns.
export type * from "@contact-groups/openapi/bodies";
