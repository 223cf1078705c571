import { checkText, kind, type InvalidArgument } from "../arguments.ts";

/** Most bytes of data: with them the JSON text still fits a stored block, whatever the UserID. */
const longestUserBuf = 32_768;
/** How long a UserID can be is for the service to say. This keeps the JSON text within a stored block. */
const longestIdentifier = 1024;

/** What signing and verifying have in common. */
export interface AppOptions {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  readonly userBuf?: Uint8Array | undefined;
}

/** Throws unless each field is one that a UserSig can have. */
export function checkApp({ sdkAppId, identifier, secretKey, userBuf }: AppOptions, Invalid: InvalidArgument): void {
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new Invalid("sdkAppId", "a positive integer", kind(sdkAppId));
  checkText("identifier", identifier, Invalid);
  if (identifier.length > longestIdentifier)
    throw new Invalid("identifier", `at most ${longestIdentifier} characters`, String(identifier.length));
  // A line end would start another line of the signed text.
  if (/\p{Cc}/u.test(identifier)) throw new Invalid("identifier", "text without control characters", "text with one");
  checkText("secretKey", secretKey, Invalid);
  if (userBuf === undefined) return;
  if (!(userBuf instanceof Uint8Array)) throw new Invalid("userBuf", "a Uint8Array", kind(userBuf));
  if (userBuf.length > longestUserBuf)
    throw new Invalid("userBuf", `at most ${longestUserBuf} bytes`, String(userBuf.length));
}

/** Throws unless it is a time. */
export function checkTime(argument: string, value: unknown, Invalid: InvalidArgument): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 8.64e15))
    throw new Invalid(argument, "milliseconds since the epoch", kind(value));
}

/** Throws unless a UserSig can be valid for so many seconds. */
export function checkValidity(argument: string, seconds: unknown, longest: number, Invalid: InvalidArgument): void {
  if (Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= longest) return;
  throw new Invalid(argument, `a whole number from 1 to ${longest}`, kind(seconds));
}
