/**
 * Base class of everything this package throws, except an `AbortSignal`'s own reason. No error holds a UserSig or a URL.
 *
 * @example
 * ```ts
 * import { ContactGroupsError } from "@contact-groups/client";
 *
 * try {
 *   await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * } catch (error) {
 *   if (error instanceof ContactGroupsError) console.error(error.message);
 *   else throw error;
 * }
 * ```
 */
export abstract class ContactGroupsError extends Error {
  /** Name of the class. */
  abstract override readonly name: string;
}
