/** The token of the control API. It needs Node.js. */
import { createHash, timingSafeEqual } from "node:crypto";

/** What a token is, for messages. */
export const tokenForm = "8 to 1000 visible ASCII characters";

/** Whether a header can hold a text as a token, and nobody guesses it by trying a few. */
export function isTokenText(text: string): boolean {
  return /^[\x21-\x7E]{8,1000}$/.test(text);
}

/** Returns the token of an option. Throws a `TypeError`, which does not show it, for an invalid one. */
export function checkToken(token: string | undefined): string | undefined {
  if (token === undefined || (typeof token === "string" && isTokenText(token))) return token;
  throw new TypeError(`controlToken must be ${tokenForm}.`);
}

/** Whether the header `Authorization` has a token. It compares in the same time whatever the header has. */
export function hasToken(authorization: string | undefined, token: string): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
