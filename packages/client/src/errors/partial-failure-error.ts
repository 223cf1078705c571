import type { CreateContactGroupResult } from "../client.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The conversation group was created, but not all conversations were added to it. Thrown only with the option
 * `throwOnPartialFailure`.
 *
 * @example
 * ```ts
 * if (error instanceof PartialFailureError) for (const { pointer, ResultCode } of error.failures) console.error(pointer, ResultCode);
 * ```
 */
export class PartialFailureError extends ContactGroupsError {
  override readonly name = "PartialFailureError";
  declare readonly code: undefined;
  declare readonly operation: "createContactGroup";
  // Private, so that what prints an error prints no text of the service, which may repeat the URL.
  readonly #result: CreateContactGroupResult;

  constructor(result: CreateContactGroupResult) {
    const codes = new Set(result.failures.map(({ ResultCode }) => ResultCode));
    const { length } = result.GroupResultItem.flatMap(({ ResultItem }) => ResultItem ?? []);
    super(
      `createContactGroup did not add ${result.failures.length} of ${length} conversations: ${[...codes].join(", ")}`,
      "createContactGroup",
      1,
    );
    this.#result = result;
  }

  /** The whole answer, with the ID of the group. */
  get result(): CreateContactGroupResult {
    return this.#result;
  }

  /** The conversations that were not added. */
  get failures(): CreateContactGroupResult["failures"] {
    return this.#result.failures;
  }
}
