/** Makes UserSigs, good ones and wrong ones. */
import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";

export interface UserSigParts {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly validSeconds: number;
}

/**
 * Signs a UserSig. `test/verify/user-sig.test.ts` compares it with the official libraries' vectors.
 *
 * @see https://github.com/tencentyun/tls-sig-api-v2-java tls-sig-api-v2, 2025-08-20
 */
export function signUserSig({ sdkAppId, identifier, secretKey, issuedAt, validSeconds }: UserSigParts): string {
  const fields = { identifier, sdkappid: sdkAppId, time: issuedAt, expire: validSeconds };
  const content = Object.entries(fields)
    .map(([name, value]) => `TLS.${name}:${value}\n`)
    .join("");
  const json = JSON.stringify({
    "TLS.ver": "2.0",
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`TLS.${name}`, value])),
    "TLS.sig": createHmac("sha256", secretKey).update(content).digest("base64"),
  });
  const replaced: Readonly<Record<string, string>> = { "+": "*", "/": "-", "=": "_" };
  return deflateSync(json)
    .toString("base64")
    .replaceAll(/[+/=]/g, (letter) => replaced[letter] ?? letter);
}
