import { toBase64 } from "./base64.ts";
import { toStoredBlock } from "./stored-block.ts";

/** What a UserSig says, as it is written in it. */
export interface UserSigFields {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** `TLS.time`: when it was made, in seconds since the epoch. */
  readonly time: number;
  /** `TLS.expire`: validity in seconds. */
  readonly expire: number;
  /** `TLS.userbuf`, in base64. */
  readonly userBuf?: string | undefined;
}

/** Value of `TLS.ver`, the format's own version. */
export const userSigVersion = "2.0";

/** The text over which the signature is made. The order of its lines is part of the format. */
export function signedText({ identifier, sdkAppId, time, expire, userBuf }: UserSigFields): Uint8Array<ArrayBuffer> {
  const text = `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\nTLS.expire:${expire}\n`;
  return new TextEncoder().encode(userBuf === undefined ? text : `${text}TLS.userbuf:${userBuf}\n`);
}

/** The UserSig that says this. Its alphabet is one that a URL takes as it is, and it is not the one called base64url. */
export function toUserSig(fields: UserSigFields, signature: Uint8Array): string {
  return toBase64(toStoredBlock(toJson(fields, signature)))
    .replaceAll("+", "*")
    .replaceAll("/", "-")
    .replaceAll("=", "_");
}

/** The JSON text that a UserSig holds. The order of its keys is free. */
function toJson({ identifier, sdkAppId, time, expire, userBuf }: UserSigFields, signature: Uint8Array): Uint8Array {
  const json = {
    "TLS.ver": userSigVersion,
    "TLS.identifier": identifier,
    "TLS.sdkappid": sdkAppId,
    "TLS.time": time,
    "TLS.expire": expire,
    "TLS.userbuf": userBuf,
    "TLS.sig": toBase64(signature),
  };
  return new TextEncoder().encode(JSON.stringify(json));
}
