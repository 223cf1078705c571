/** Every error class of this package. */
export { ContactGroupsError } from "./errors/contact-groups-error.ts";
export {
  ApiError,
  ApplicationError,
  AuthError,
  RequestError,
  ThrottleError,
  TransientError,
} from "./errors/api-error.ts";
export {
  HttpError,
  InvalidArgumentError,
  NetworkError,
  ProtocolError,
  QueueError,
  TimeoutError,
  UserSigError,
} from "./errors/call-errors.ts";
export { BatchError, PartialFailureError } from "./errors/list-errors.ts";
