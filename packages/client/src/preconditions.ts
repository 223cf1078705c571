/** What a program often lacks: a key as the console shows it, and a runtime that can sign. */
import { checkCredential, kind } from "@contact-groups/core/arguments";
import { InvalidArgumentError } from "./errors.ts";

/** Throws unless the options have a text that can be a secret key. */
export function checkKeyOf(options: { readonly secretKey?: unknown }): void {
  if (typeof options !== "object" || options === null)
    throw new InvalidArgumentError("options", "an object", kind(options));
  checkCredential("secretKey", options.secretKey, InvalidArgumentError);
}

/**
 * Throws unless the runtime has a global object.
 *
 * @param instead What does as well.
 */
export function checkPresent(name: string, value: unknown, instead: string): void {
  if (!value) throw new InvalidArgumentError(name, `available in this runtime${instead}`, "missing");
}
