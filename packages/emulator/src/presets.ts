import { limits } from "@contact-groups/openapi/model";
import type { operations } from "./generated/control-types.ts";
import type { SeedApp, SeedConversation, SeedDocument } from "./seed.ts";

/** Name of a preset. */
export type PresetName = operations["loadPreset"]["parameters"]["path"]["name"];

/** The app and the user of a preset. */
export interface PresetOptions {
  /**
   * The app.
   *
   * @default The first app of the emulator.
   */
  readonly sdkAppId?: number;
  /**
   * The user whose next call fails.
   *
   * @default "user_0001"
   */
  readonly userId?: string;
}

/** Creates a state in which the next call of a kind fails. */
export type Preset = (options?: PresetOptions) => SeedDocument;

/** An account that is imported in each preset and has no conversation in any. */
const freeAccount = "user_0002";

/** A user at every limit at once: of groups, of conversations in them, and of marks. */
const fullUser = createPreset((userId) => {
  const groups = names("group", limits.groupsPerUser.maximum);
  const grouped = limits.groupedConversations.maximum;
  const marked = limits.markedConversations.maximum;
  const peers = names("peer", Math.max(grouped, marked));
  const conversations = peers.map((peer, index): SeedConversation => ({
    Type: 1,
    To_Account: peer,
    ...(index < grouped && { groups: groups.slice(index % groups.length, (index % groups.length) + 1) }),
    ...(index < marked && { standardMark: "1", customMark: "full" }),
  }));
  return {
    accounts: [freeAccount, ...peers],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations }],
  };
});

/** A user with the largest allowed number of groups, all of them empty. */
const allGroups = createPreset((userId) => ({
  accounts: [freeAccount],
  users: [{ userId, groups: names("group", limits.groupsPerUser.maximum).map((name) => ({ name })) }],
}));

/** A user with one group, which has the largest allowed number of conversations. */
const allConversations = createPreset((userId) => {
  const groups = names("group", 1);
  const peers = names("peer", limits.groupedConversations.maximum);
  const conversations = peers.map((peer): SeedConversation => ({ Type: 1, To_Account: peer, groups }));
  return {
    accounts: [freeAccount, ...peers],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations }],
  };
});

/** A user with a conversation in a chat group that was disbanded after it was added to a conversation group. */
const disbandedGroup = createPreset((userId) => {
  const groups = names("group", 1);
  const ToGroupId = "@TGS#DISBANDED";
  return {
    accounts: [freeAccount],
    chatGroups: [{ id: ToGroupId, disbanded: true }],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations: [{ Type: 2, ToGroupId, groups }] }],
  };
});

/**
 * States in which the next call of `user_0001` exceeds a limit. In each of them `user_0002` is an account without a conversation.
 *
 * - `full-user` is at all limits of groups, conversations and marks: a new group fails with 51010, a new conversation in `group_0001` with
 *   51008, and so does a new mark. Delete a group, remove a conversation from its group or clear its marks, and the next call succeeds.
 * - `all-groups` has the largest allowed number of groups: a new one fails with 51010.
 * - `all-conversations` has the largest allowed number of conversations in `group_0001`: a new one fails with 51008.
 * - `disbanded-group` has a conversation in the chat group `@TGS#DISBANDED`, which was disbanded: a search for it fails with 51007.
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

function createPreset(appOf: (userId: string) => SeedApp): Preset {
  return ({ sdkAppId, userId = "user_0001" } = {}) => ({
    apps: [{ ...(sdkAppId !== undefined && { sdkAppId }), ...appOf(userId) }],
  });
}

/** Returns numbered names: `group_0001`, `group_0002`. */
function names(beginning: string, length: number): readonly string[] {
  return Array.from({ length }, (_, index) => `${beginning}_${String(index + 1).padStart(4, "0")}`);
}
