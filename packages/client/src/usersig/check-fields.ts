import { checkText, kind } from "../check-option.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

/** Most bytes of data: with them the JSON text still fits a stored block, whatever the UserID. */
const longestUserBuf = 32_768;
/** How long a UserID can be is for the service to say. This keeps the JSON text within a stored block. */
const longestIdentifier = 1024;

/** Throws an `InvalidArgumentError` unless it is a positive integer. */
export function checkSdkAppId(value: unknown): void {
  if (!Number.isSafeInteger(value) || Number(value) <= 0)
    throw new InvalidArgumentError("sdkAppId", "a positive integer", kind(value));
}

/** Throws an `InvalidArgumentError` unless it is text that can be a line of the signed text. */
export function checkIdentifier(value: string): void {
  checkText("identifier", value);
  if (value.length > longestIdentifier)
    throw new InvalidArgumentError("identifier", `at most ${longestIdentifier} characters`, String(value.length));
  // A line end would start another line of the signed text.
  if (/\p{Cc}/u.test(value))
    throw new InvalidArgumentError("identifier", "text without control characters", "text with one");
}

/** Throws an `InvalidArgumentError` unless it is a time. */
export function checkTime(option: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 8.64e15))
    throw new InvalidArgumentError(option, "milliseconds since the epoch", kind(value));
}

/** Throws an `InvalidArgumentError` unless it is bytes, and no more than fit. */
export function checkUserBuf(value: unknown): void {
  if (!(value instanceof Uint8Array)) throw new InvalidArgumentError("userBuf", "a Uint8Array", kind(value));
  if (value.length > longestUserBuf)
    throw new InvalidArgumentError("userBuf", `at most ${longestUserBuf} bytes`, String(value.length));
}
