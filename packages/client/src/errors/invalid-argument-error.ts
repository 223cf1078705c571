import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/** What an `InvalidArgumentError` can say beside its message. */
export interface InvalidArgumentOptions extends ErrorOptions {
  readonly operation?: OperationId | undefined;
  /** The whole message, instead of one that is made of what was expected and what was found. */
  readonly message?: string | undefined;
}

/**
 * An option, an argument or a field of a request is wrong. Nothing was sent.
 *
 * @example
 * ```ts
 * createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig: "", region: "china" });
 * // InvalidArgumentError: userSig: expected text that is not empty, found empty text
 * ```
 */
export class InvalidArgumentError extends ContactGroupsError {
  override readonly name = "InvalidArgumentError";
  declare readonly code: undefined;
  /** Name of the option or argument, or the JSON pointer of the field. */
  readonly argument: string;
  /** JSON pointer of the field, if it is one of the request's body. */
  readonly pointer: string | undefined;

  constructor(argument: string, expected: string, found: string, options: InvalidArgumentOptions = {}) {
    const { operation, message = `${argument || "body"}: expected ${expected}, found ${found}` } = options;
    super(message, operation, 0, false, options);
    this.argument = argument;
    this.pointer = argument === "" || argument[0] === "/" ? argument : undefined;
  }
}
