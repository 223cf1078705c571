import type { InvalidArgument } from "../arguments.ts";
import { fromBase64 } from "./base64.ts";
import { userSigVersion, type UserSigFields } from "./fields.ts";
import { inflate } from "./inflate.ts";
import { storedBlockBytes } from "./stored-block.ts";

/** What a UserSig says, and the signature by which it is proven. */
export interface SignedFields extends UserSigFields {
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Makes the error for a UserSig, which names what is wrong with it and shows none of it. */
type Malformed = (expected: string, found: string) => Error;

/** Characters of the longest UserSig that is read: one stored block with header and checksum, in base64. */
const longestUserSig = Math.ceil((storedBlockBytes + 11) / 3) * 4;

/** Reads a UserSig. What it throws names what is wrong with it and shows none of it. */
export async function readUserSig(userSig: string, Invalid: InvalidArgument): Promise<SignedFields> {
  const malformed: Malformed = (expected, found) => new Invalid("userSig", expected, found);
  if (typeof userSig !== "string" || userSig === "") throw malformed("text that is not empty", "something else");
  if (userSig.length > longestUserSig)
    throw malformed(`at most ${longestUserSig} characters`, `${userSig.length} characters`);
  if (!/^[A-Za-z0-9*_-]+$/.test(userSig)) throw malformed("only characters of [A-Za-z0-9*_-]", "another character");
  const stream = fromBase64(userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "="));
  if (stream === undefined) throw malformed("whole base64", "text that is cut off, or changed at its end");

  const bytes = await inflate(stream, storedBlockBytes);
  if (bytes === "too long") throw malformed(`a stream of at most ${storedBlockBytes} bytes`, "a longer one");
  if (bytes === "not a zlib stream") throw malformed("a whole zlib stream", "another, or a damaged one");
  return toSignedFields(parse(bytes, malformed), malformed);
}

function parse(bytes: Uint8Array, malformed: Malformed): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof json === "object" && json !== null) return json as Readonly<Record<string, unknown>>;
  } catch {
    // The error of JSON.parse shows a part of the text, so it is not kept as a cause.
  }
  throw malformed("a JSON object in the stream", "something else");
}

function toSignedFields(json: Readonly<Record<string, unknown>>, malformed: Malformed): SignedFields {
  const text = (key: string): string => {
    const value = json[key];
    if (typeof value === "string") return value;
    throw malformed(`${key} to be text`, value === undefined ? "none" : "something else");
  };
  const integer = (key: string): number => {
    const value = json[key];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw malformed(`${key} to be an integer that is not negative`, value === undefined ? "none" : "something else");
  };

  if (text("TLS.ver") !== userSigVersion) throw malformed(`TLS.ver ${userSigVersion}`, "another version");
  const signature = fromBase64(text("TLS.sig"));
  if (signature === undefined) throw malformed("TLS.sig to be base64", "something else");
  const userBuf = json["TLS.userbuf"] === undefined ? undefined : text("TLS.userbuf");
  if (userBuf !== undefined && fromBase64(userBuf) === undefined)
    throw malformed("TLS.userbuf to be base64", "something else");
  return {
    identifier: text("TLS.identifier"),
    sdkAppId: integer("TLS.sdkappid"),
    time: integer("TLS.time"),
    expire: integer("TLS.expire"),
    userBuf,
    signature,
  };
}
