import { limits } from "@contact-groups/openapi/model";
import type { OperationContext } from "../core/operation.ts";
import { nameOf } from "../errors.ts";
import { RefusedError, type Refusal } from "../refusal.ts";
import type { ConversationKey } from "../store/store.ts";
import type { UserState } from "./user-state.ts";

/** Makes sure that a conversation fits into a group, or says why it does not, as the settings want it. */
export function makeRoom(
  key: ConversationKey,
  groupId: number,
  user: UserState,
  context: OperationContext,
): Refusal | undefined {
  const { maximum, error } = limits.groupedConversations;
  const { conversationCap, conversationCapScope: scope } = context.settings;
  const before = user.conversation(key);
  const counted = {
    grouped: { size: user.row.grouped, has: before !== undefined && before.groups.length > 0 },
    group: { size: user.group(groupId)?.size ?? 0, has: before?.groups.some((it) => it.groupId === groupId) ?? false },
    shared: { size: user.row.kept, has: before !== undefined },
  }[scope];
  if (counted.has || counted.size < maximum) return undefined;
  if (conversationCap === "evict" && evict(groupId, user, context)) return undefined;

  const why = `${counted.size} conversations are counted by the scope "${scope}", and ${maximum} may be`;
  const refusal: Refusal = { rule: "create.conversation-cap", error: nameOf(error), why };
  if (conversationCap === "call") throw new RefusedError(refusal);
  return refusal;
}

/** Takes earliest-added conversations out until one more fits; does nothing and is false when marks alone fill the cap. */
function evict(groupId: number, user: UserState, { settings, now }: OperationContext): boolean {
  const { conversationCapScope: scope } = settings;
  const { maximum } = limits.groupedConversations;
  if (scope === "shared" && user.row.marked >= maximum) return false;
  const size = (): number =>
    ({ grouped: user.row.grouped, group: user.group(groupId)?.size ?? 0, shared: user.row.kept })[scope];
  const from = scope === "group" ? groupId : undefined;
  while (size() >= maximum) {
    const earliest = user.earliestGrouped(from);
    if (!earliest) return false;
    user.leave(earliest, from, Math.floor(now / 1000));
  }
  return true;
}
