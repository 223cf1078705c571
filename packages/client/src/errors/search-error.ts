import type { RequestConversation, SearchContactGroupOk } from "@contact-groups/openapi/bodies";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * A search was sent in parts, and one of them failed. It has what the others found. Its `code`, `attempts` and `retryable` are
 * those of the `cause`.
 *
 * @example
 * ```ts
 * if (error instanceof SearchError) {
 *   console.error(error.cause.message, error.partial.ContactResultItem.length);
 *   const rest = await client.searchContactGroup({ From_Account: "user15", ContactItem: [...error.missing] });
 * }
 * ```
 */
export class SearchError extends ContactGroupsError {
  override readonly name = "SearchError";
  declare readonly operation: "searchContactGroup";
  declare readonly cause: ContactGroupsError;
  override readonly code: number | undefined;
  // Private, so that what prints an error does not print thousands of conversations.
  readonly #partial: SearchContactGroupOk;
  readonly #missing: readonly RequestConversation[];

  /** @param total Number of conversations searched for, each counted once. */
  constructor(
    cause: ContactGroupsError,
    partial: SearchContactGroupOk,
    missing: readonly RequestConversation[],
    total: number,
  ) {
    super(
      `searchContactGroup got no answer for ${missing.length} of ${total} conversations: ${cause.message}`,
      "searchContactGroup",
      cause.attempts,
      cause.retryable,
      { cause },
    );
    this.code = cause.code;
    this.#partial = partial;
    this.#missing = missing;
  }

  /** What the parts that succeeded found, in the order asked. */
  get partial(): SearchContactGroupOk {
    return this.#partial;
  }

  /** The conversations that no part answered, each once. */
  get missing(): readonly RequestConversation[] {
    return this.#missing;
  }
}
