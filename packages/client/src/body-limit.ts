import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { kind } from "@contact-groups/core/arguments";

/**
 * Bytes that a response may have unless `maxResponseBytes` says otherwise. The largest valid one is a page with everything that a user can
 * have, 2,000 conversations with each field at its limit: 1.8 MB, or 5.5 MB with every character written as `\uXXXX`.
 */
export const defaultMaxResponseBytes: number = 8 * 2 ** 20;

/** The longest text that Node.js and Chromium can hold. UTF-8 has a byte or more for each unit of it. */
const mostBytes = 2 ** 29 - 24;

/** Throws unless the value is a number of bytes that a text can have, or not given. */
export function checkMaxResponseBytes(value: unknown): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= mostBytes))
    throw new InvalidArgumentError("maxResponseBytes", `a whole number of bytes from 1 to ${mostBytes}`, kind(value));
}

const code = "ERR_RESPONSE_TOO_LARGE";

/** What a transport rejects with as soon as a body has more bytes than it may. */
export function responseTooLarge(): Error {
  return Object.assign(new Error("the body has more bytes than maxResponseBytes"), { code });
}

/** By the code and not by a class: an ES module's transport can serve a CommonJS client. */
export function isResponseTooLarge(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
