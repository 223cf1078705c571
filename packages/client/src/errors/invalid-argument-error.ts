import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * An option or argument is wrong. Nothing was sent.
 *
 * @example
 * ```ts
 * createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig: "" });
 * // InvalidArgumentError: userSig: expected text that is not empty, found empty text
 * ```
 */
export class InvalidArgumentError extends ContactGroupsError {
  override readonly name = "InvalidArgumentError";
  /** Name of the option or argument. */
  readonly argument: string;

  constructor(argument: string, expected: string, found: string, options?: ErrorOptions) {
    super(`${argument}: expected ${expected}, found ${found}`, options);
    this.argument = argument;
  }
}
