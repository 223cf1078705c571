import * as core from "@contact-groups/core/arguments";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";

/** Throws unless the value is text that is not empty and that a URL can hold. */
export function checkText(option: string, value: unknown): void {
  core.checkText(option, value, InvalidArgumentError);
}

/** Throws unless the value is a function or not given. */
export function checkFunction(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw new InvalidArgumentError(option, "a function", core.kind(value));
}

/** Throws unless the value is a time that a timer can hold, in milliseconds, or not given. */
export function checkDuration(option: string, value: unknown): void {
  if (value !== undefined && !(typeof value === "number" && value > 0 && value < 2 ** 31))
    throw new InvalidArgumentError(option, "milliseconds from 1 to 2147483647", core.kind(value));
}
