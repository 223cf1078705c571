/** Reads and verifies UserSigs of any official library. */
import { kind, type InvalidArgument } from "../arguments.ts";
import { systemClock } from "../clock.ts";
import {
  adler32,
  checkApp,
  checkTime,
  fromBase64,
  isHmac,
  keyOf,
  signedText,
  storedBlockBytes,
  toBase64,
  userSigVersion,
  type UserSigFields,
} from "./sign.ts";

/** The content of a UserSig, without its signature: with it, this would be a credential again. */
export interface DecodedUserSig {
  /** Version of the format. */
  readonly version: string;
  /** SDKAppID of the app. */
  readonly sdkAppId: number;
  /** UserID of the user. */
  readonly identifier: string;
  /** Start of the validity in milliseconds since the epoch, in whole seconds. */
  readonly issuedAt: number;
  /** Validity in seconds. */
  readonly validitySeconds: number;
  /** End of the validity in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Data that was signed as well. */
  readonly userBuf?: Uint8Array;
}

/**
 * Reads the content of a UserSig. It needs no key and proves nothing; `verifyUserSig` does.
 *
 * @param userSig A UserSig of any official library, with any compression and order of keys.
 * @param Invalid Class of the error for a malformed UserSig.
 * @throws An `Invalid` that says what is wrong and shows no part of the UserSig.
 */
export async function decodeUserSig(userSig: string, Invalid: InvalidArgument): Promise<DecodedUserSig> {
  return toDecoded(await readUserSig(userSig, Invalid));
}

/** Returns the fields in the units of this package. */
function toDecoded({ sdkAppId, identifier, time, expire, userBuf }: UserSigFields): DecodedUserSig {
  const bytes = userBuf === undefined ? undefined : fromBase64(userBuf);
  return {
    version: userSigVersion,
    sdkAppId,
    identifier,
    issuedAt: time * 1000,
    validitySeconds: expire,
    expiresAt: (time + expire) * 1000,
    ...(bytes && { userBuf: bytes }),
  };
}

/** What a UserSig is verified against. */
export interface VerifyUserSigOptions {
  /** SDKAppID of the app that it must be for. */
  readonly sdkAppId: number;
  /** UserID that it must be for, case-sensitive. */
  readonly identifier: string;
  /** Secret key of the app. */
  readonly secretKey: string;
  /**
   * Time of the verification in milliseconds since the epoch.
   *
   * @default Date.now()
   */
  readonly now?: number | undefined;
  /** Data that must be signed as well. By default there must be none. */
  readonly userBuf?: Uint8Array | undefined;
}

/** Why a UserSig is not valid; `signature` also if it was signed with the key of another app. */
export type UserSigFailure = "malformed" | "sdkAppId" | "identifier" | "expired" | "userBuf" | "signature";

/** The result of `verifyUserSig`. `message` says what is wrong and shows no part of the UserSig. */
export type UserSigVerdict =
  | { readonly valid: true; readonly decoded: DecodedUserSig }
  | { readonly valid: false; readonly failure: UserSigFailure; readonly message: string };

/**
 * Verifies a UserSig as the official libraries do, in their order: readable, for this app, for this UserID, not expired, with this data,
 * signed with this key. One from the future is valid.
 *
 * @param userSig Text from anywhere; it never makes this function throw.
 * @param options What it must be for.
 * @param Invalid Class of the error for an invalid option.
 * @throws An `Invalid` if an option is invalid.
 * @see https://github.com/tencentyun/tls-sig-api-v2-golang 2024-11-19
 */
export async function verifyUserSig(
  userSig: string,
  options: VerifyUserSigOptions,
  Invalid: InvalidArgument,
): Promise<UserSigVerdict> {
  const { sdkAppId, identifier, secretKey, now = systemClock.now(), userBuf } = options;
  checkApp(options, Invalid);
  checkTime("now", now, Invalid);

  let fields: SignedFields;
  try {
    fields = await readUserSig(userSig, Invalid);
  } catch (error) {
    if (error instanceof Invalid) return invalid("malformed", error.message);
    throw error;
  }
  if (fields.sdkAppId !== sdkAppId) return invalid("sdkAppId", "the UserSig is for another app");
  if (fields.identifier !== identifier) return invalid("identifier", "the UserSig is for another UserID");
  // In whole seconds: it is still valid in the second in which it ends.
  if (Math.floor(now / 1000) > fields.time + fields.expire) return invalid("expired", "the UserSig has expired");
  if (fields.userBuf !== (userBuf && toBase64(userBuf))) return invalid("userBuf", "the UserSig has another userBuf");
  if (!(await isHmac(await keyOf(secretKey), fields.signature, signedText(fields))))
    return invalid("signature", "the UserSig was changed, or signed with another key");
  return { valid: true, decoded: toDecoded(fields) };
}

function invalid(failure: UserSigFailure, message: string): UserSigVerdict {
  return { valid: false, failure, message };
}

/** The fields of a UserSig, with its signature. */
export interface SignedFields extends UserSigFields {
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Creates the error for a UserSig, which says what is wrong and shows no part of it. */
type Malformed = (expected: string, found: string) => Error;

/** Maximum number of characters of a UserSig: one stored block with header and checksum, in base64. */
const longestUserSig = Math.ceil((storedBlockBytes + 11) / 3) * 4;

/**
 * Reads a UserSig.
 *
 * @throws An `Invalid` that says what is wrong and shows no part of the UserSig.
 */
export async function readUserSig(userSig: string, Invalid: InvalidArgument): Promise<SignedFields> {
  const malformed: Malformed = (expected, found) => new Invalid("userSig", expected, found);
  if (typeof userSig !== "string" || userSig === "") throw malformed("a non-empty string", kind(userSig));
  if (userSig.length > longestUserSig)
    throw malformed(`a string of at most ${longestUserSig} characters`, `one of ${userSig.length}`);
  if (!/^[A-Za-z0-9*_-]+$/.test(userSig))
    throw malformed("a string of the characters [A-Za-z0-9*_-]", "one with another character");
  const stream = fromBase64(userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "="));
  if (stream === undefined) throw malformed("complete base64", "cut off, or changed at its end");

  const bytes = await inflate(stream, storedBlockBytes);
  if (bytes === "too long")
    throw malformed(`a zlib stream of at most ${storedBlockBytes} bytes in base64`, "a longer one");
  if (bytes === "not a zlib stream")
    throw malformed("a complete zlib stream in base64", "a damaged one, or not a zlib stream");
  return toSignedFields(parse(bytes, malformed), malformed);
}

function parse(bytes: Uint8Array, malformed: Malformed): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof json === "object" && json !== null) return json as Readonly<Record<string, unknown>>;
  } catch {
    // The error of JSON.parse shows a part of the text, so it is not kept as a cause.
  }
  throw malformed("a zlib stream of a JSON object", "one of something else");
}

function toSignedFields(json: Readonly<Record<string, unknown>>, malformed: Malformed): SignedFields {
  const found = (value: unknown): string => (value === undefined ? "one without it" : "one with another value");
  const text = (key: string): string => {
    const value = json[key];
    if (typeof value === "string") return value;
    throw malformed(`a UserSig whose ${key} is a string`, found(value));
  };
  const integer = (key: string): number => {
    const value = json[key];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw malformed(`a UserSig whose ${key} is an integer of at least 0`, found(value));
  };

  if (text("TLS.ver") !== userSigVersion)
    throw malformed(`a UserSig whose TLS.ver is ${userSigVersion}`, "one of another version");
  const signature = fromBase64(text("TLS.sig"));
  if (signature === undefined) throw malformed("a UserSig whose TLS.sig is base64", found(json["TLS.sig"]));
  const userBuf = json["TLS.userbuf"] === undefined ? undefined : text("TLS.userbuf");
  if (userBuf !== undefined && fromBase64(userBuf) === undefined)
    throw malformed("a UserSig whose TLS.userbuf is base64", found(userBuf));
  return {
    identifier: text("TLS.identifier"),
    sdkAppId: integer("TLS.sdkappid"),
    time: integer("TLS.time"),
    expire: integer("TLS.expire"),
    userBuf,
    signature,
  };
}

/** The content of a zlib stream, or what is wrong with it. */
export type Inflated = Uint8Array<ArrayBuffer> | "not a zlib stream" | "too long";

/**
 * Inflates a zlib stream of any level, and stops as soon as there are more than `limit` bytes: a small stream can hold gigabytes.
 *
 * @param limit Maximum number of bytes of the result; at most that of a stored block.
 * @param Decompression The class to inflate with, the runtime's own by default.
 */
export async function inflate(
  stream: Uint8Array<ArrayBuffer>,
  limit: number,
  Decompression: typeof DecompressionStream = DecompressionStream,
): Promise<Inflated> {
  if (hasOddHeader(stream)) return "not a zlib stream";
  const { writable, readable } = new Decompression("deflate");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  // The reader gets the same errors.
  const ignore = () => {};
  writer.write(stream).catch(ignore);
  writer.close().catch(ignore);

  const inflated = new Uint8Array(limit);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > limit) {
        reader.cancel().catch(ignore);
        return "too long";
      }
      inflated.set(value, length);
      length += value.length;
    }
  } catch {
    return "not a zlib stream";
  }
  const bytes = inflated.subarray(0, length);
  return endsIn(stream, adler32(bytes)) ? bytes : "not a zlib stream";
}

/** Not every runtime rejects a missing end (Deno 2.9), or bytes after it (Node.js 20). */
function endsIn(stream: Uint8Array, checksum: readonly number[]): boolean {
  return checksum.every((byte, index) => stream.at(index - checksum.length) === byte);
}

/**
 * Returns whether the header of a stored block is not the canonical one: it has bits without a meaning, or a block that fills the stream is
 * not marked as the last one. Each would be another text for the same UserSig.
 */
function hasOddHeader(stream: Uint8Array): boolean {
  const [, , block = 0, low = 0, high = 0] = stream;
  if ((block & 0b110) !== 0) return false;
  const fillsIt = low + 256 * high + 11 === stream.length;
  return block > 1 || (block === 0 && fillsIt);
}
