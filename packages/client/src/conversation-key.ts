import { toNumber } from "./to-number.ts";

/**
 * A text that is the same for two objects that name the same conversation; undefined for what names none. A UserID is its own key,
 * which spares a long search a new text for each; none begins as that of a chat group does.
 */
export function conversationKey(value: unknown): string | undefined {
  const { Type, To_Account, ToGroupId } = (value ?? {}) as { readonly [field: string]: unknown };
  const type = toNumber(Type);
  const id = type === 1 ? To_Account : type === 2 ? ToGroupId : undefined;
  return typeof id !== "string" ? undefined : type === 1 ? id : `\0${id}`;
}
