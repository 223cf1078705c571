import type { Conversation } from "@contact-groups/openapi/bodies";
import { limits } from "@contact-groups/openapi/model";
import type { operations } from "./generated/control-types.ts";
import type { EmulatorApp } from "./request.ts";
import { type Settings, strictSettings } from "./settings.ts";
import type { SeedApp, SeedChatGroup, SeedConversation, SeedDocument } from "./seed.ts";

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
   * The user about whom it is.
   *
   * @default "user_0001"
   */
  readonly userId?: string;
}

/** A state in which the next call of a kind fails, or one of its conversations: options of `createEmulator` and of an app. */
export interface Preset {
  /** The state. */
  readonly seed: SeedDocument;
  /**
   * Settings without which the next call would have another result.
   *
   * @default undefined, the settings of the emulator
   */
  readonly settings?: Partial<Settings>;
  /**
   * The apps. An app that exists keeps its key when the preset is loaded by the control API.
   *
   * @default undefined, the apps of the emulator
   */
  readonly apps?: readonly EmulatorApp[];
}

type CreatePreset = (options?: PresetOptions) => Preset;

/** An account that is imported in each preset and has no conversation in any. */
const freeAccount = "user_0002";
/** The account whose conversation fails. */
const lostAccount = "user_0003";

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

/** A user with room for one more conversation, and for one more mark. */
const roomForOne = createPreset(
  (userId) => {
    const groups = names("group", 1);
    const grouped = limits.groupedConversations.maximum - 1;
    const marked = limits.markedConversations.maximum - 1;
    const peers = names("peer", Math.max(grouped, marked));
    const conversations = peers.map((peer, index): SeedConversation => ({
      Type: 1,
      To_Account: peer,
      ...(index < grouped && { groups }),
      ...(index < marked && { standardMark: "1" }),
    }));
    return {
      accounts: [freeAccount, lostAccount, ...peers],
      users: [{ userId, groups: groups.map((name) => ({ name })), conversations }],
    };
  },
  { conversationCap: "item" },
);

/** A user with a conversation whose other side was not imported, or was deleted after the conversation was added to a group. */
const unknownPeer = createLost({ Type: 1, To_Account: lostAccount });

/** A user with a conversation in a chat group that does not exist. */
const missingChatGroup = createLost({ Type: 2, ToGroupId: "@TGS#MISSING" });

/** A user with a conversation in a chat group that was disbanded after it was added to a conversation group. */
const disbandedChatGroup = createLost({ Type: 2, ToGroupId: "@TGS#DISBANDED" }, { disbanded: true });

/** A user with a conversation in a chat group that the user has left. */
const leftChatGroup = createLost({ Type: 2, ToGroupId: "@TGS#LEFT" }, { members: [freeAccount] });

/** The key of the preset `verify`, so that the UserSigs of a command that knows it are accepted. It protects nothing. */
const keyForTests = "the-key-of-the-preset-verify-which-protects-nothing";

/** More accounts than one user can have conversations, and as many again that own groups. */
const accountsToVerify = 2 * Math.max(limits.groupedConversations.maximum, limits.markedConversations.maximum);

/** What `verify` of the package `@contact-groups/contract` needs. */
const verify: CreatePreset = ({ sdkAppId } = {}) => {
  const accounts = names("user", accountsToVerify);
  return {
    apps: [{ sdkAppId: sdkAppId ?? 1400000000, secretKey: keyForTests }],
    seed: { apps: [{ ...(sdkAppId !== undefined && { sdkAppId }), accounts, chatGroups: [{ id: "@TGS#VERIFY" }] }] },
    settings: strictSettings,
  };
};

/**
 * States in which the next call of `user_0001` fails, or one of its conversations, as options of `createEmulator` and of an app. In each of
 * them `user_0002` is an account without a conversation.
 *
 * - `full-user` is at all limits of groups, conversations and marks: a new group fails with 51010, a new conversation in `group_0001` with
 *   51008, and so does a new mark. Delete a group, remove a conversation from its group or clear its marks, and the next call succeeds.
 * - `all-groups` has the largest allowed number of groups: a new one fails with 51010.
 * - `all-conversations` has the largest allowed number of conversations in `group_0001`: a new one fails with 51008.
 * - `room-for-one` has one conversation and one mark less than allowed, and the setting `conversationCap: "item"`. A call that adds or marks
 *   `user_0002` and `user_0003` succeeds, but `user_0003` fails with 51008.
 *
 * The others have one conversation in `group_0001` whose other side is gone. A call that adds or marks it next to others succeeds, but it
 * fails:
 *
 * - `unknown-peer`: the user `user_0003` was not imported, 50001.
 * - `missing-chat-group`: the chat group `@TGS#MISSING` does not exist, 51007.
 * - `disbanded-chat-group`: the chat group `@TGS#DISBANDED` was disbanded, 51007.
 * - `left-chat-group`: the chat group `@TGS#LEFT` has other members only, 51007.
 *
 * A search for one of these chat groups fails as a whole with 51007.
 *
 * `verify` has everything that `contact-groups-contract verify` needs to pass: an app with a key, the strict settings, enough accounts without
 * groups, and the chat group `@TGS#VERIFY`.
 *
 * @example
 * ```ts
 * const emulator = createEmulator(presets["room-for-one"]());
 * emulator.restore(presets["full-user"]({ userId: "somebody" }).seed);
 * ```
 */
export const presets: Readonly<Record<PresetName, (options?: PresetOptions) => Preset>> = {
  "full-user": fullUser,
  "all-groups": allGroups,
  "all-conversations": allConversations,
  "room-for-one": roomForOne,
  "unknown-peer": unknownPeer,
  "missing-chat-group": missingChatGroup,
  "disbanded-chat-group": disbandedChatGroup,
  "left-chat-group": leftChatGroup,
  verify,
};

/** Creates a preset with one conversation in a group, and its chat group when there is one. */
function createLost(conversation: Conversation, chatGroup?: Omit<SeedChatGroup, "id">): CreatePreset {
  const groups = names("group", 1);
  const { ToGroupId: id } = conversation as Partial<Extract<Conversation, { readonly Type: 2 }>>;
  return createPreset((userId) => ({
    accounts: [freeAccount],
    ...(id !== undefined && chatGroup && { chatGroups: [{ id, ...chatGroup }] }),
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations: [{ ...conversation, groups }] }],
  }));
}

function createPreset(appOf: (userId: string) => SeedApp, settings?: Partial<Settings>): CreatePreset {
  return ({ sdkAppId, userId = "user_0001" } = {}) => ({
    seed: { apps: [{ ...(sdkAppId !== undefined && { sdkAppId }), ...appOf(userId) }] },
    ...(settings && { settings }),
  });
}

/** Returns numbered names: `group_0001`, `group_0002`. */
function names(beginning: string, length: number): readonly string[] {
  return Array.from({ length }, (_, index) => `${beginning}_${String(index + 1).padStart(4, "0")}`);
}
