import { disbandedGroup } from "./disbanded-group.ts";
import { fullUser } from "./full-user.ts";
import type { Preset, PresetName } from "./preset.ts";
import { allConversations } from "./all-conversations.ts";
import { allGroups } from "./all-groups.ts";

/**
 * States in which the next call of `user_0001` meets a limit. In each of them `user_0002` is an account without a conversation.
 *
 * - `full-user` is at all limits of groups, conversations and marks: a new group is answered 51010, a new conversation in `group_0001`
 *   51008.
 * - `all-groups` has all groups that there may be: a new one is answered 51010.
 * - `all-conversations` has all conversations that there may be in `group_0001`: a new one is answered 51008.
 * - `disbanded-group` has a conversation in the chat group `@TGS#DISBANDED`, which is gone: a search for it is answered 51007.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ seed: presets["all-groups"]() });
 * emulator.restore(presets["full-user"]({ userId: "somebody" }));
 * ```
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  "full-user": fullUser,
  "all-groups": allGroups,
  "all-conversations": allConversations,
  "disbanded-group": disbandedGroup,
};
