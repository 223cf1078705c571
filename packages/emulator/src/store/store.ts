/**
 * What the emulator remembers. A store keeps rows and counts nothing: every rule, every number and every JSON text is made by the core,
 * so that all stores behave alike. All calls are synchronous.
 */
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import type { Json, JsonItems } from "../json.ts";

/** A user of an app: the owner of conversation groups and marks. */
export interface UserKey {
  readonly sdkAppId: number;
  readonly userId: string;
}

/** 1 is a conversation with one other user, 2 one in a chat group. */
export type ConversationType = 1 | 2;

/** One conversation of a user; `id` is the other user's UserID or the chat group's GroupID. */
export interface ConversationKey {
  readonly type: ConversationType;
  readonly id: string;
}

/** What is known of a user as a whole. There is a row as soon as the user has a group, a mark or a seed. */
export interface UserRow {
  /** Highest ID that a conversation group of the user ever had; 0 before the first. */
  readonly lastGroupId: number;
  /** `position` of the next new conversation. */
  readonly nextPosition: number;
  /** `order` of the next membership. */
  readonly nextOrder: number;
  /** Conversation groups that exist. */
  readonly groups: number;
  /** Conversations that are in at least one group. */
  readonly grouped: number;
  /** Conversations with a standard or a custom mark. */
  readonly marked: number;
  /** Conversations that are kept at all: grouped, marked, or both. */
  readonly kept: number;
  /** All groups by ascending ID, as items of a response. */
  readonly groupsJson: JsonItems<GroupItem>;
}

/** A conversation group. */
export interface GroupRow {
  readonly id: number;
  readonly name: string;
  /** Conversations that are in it. */
  readonly size: number;
}

/** That a conversation is in a group. */
export interface Membership {
  readonly groupId: number;
  /** Rises with every membership of the user: the smallest one in a group is its earliest-added conversation. */
  readonly order: number;
}

/** A conversation with its groups and marks. */
export interface ConversationRow extends ConversationKey {
  /** By ascending `groupId`. */
  readonly groups: readonly Membership[];
  /** Bits as text; empty for none. */
  readonly standardMark: string;
  /** Empty for none. */
  readonly customMark: string;
  /** Unix seconds of the last change. */
  readonly timestamp: number;
  /** Place in the order of the pages, from 0 on. It is given once and stays, so there are gaps where one was removed. */
  readonly position: number;
  /** The row as an item of a response. */
  readonly json: Json<MarkedConversation>;
}

/** A run of conversations in the order of the pages. */
export interface ConversationPage {
  readonly json: JsonItems<MarkedConversation>;
  /** `position` of the first conversation behind the page; undefined when there is none. */
  readonly next: number | undefined;
}

/** A chat group, the other side of a conversation of type 2. */
export interface ChatGroupRow {
  readonly id: string;
  readonly disbanded: boolean;
  /** UserIDs of its members; undefined means that every user is one. */
  readonly members?: readonly string[] | undefined;
}

/** How a user stands to a chat group. */
export type Standing = "member" | "outsider" | "disbanded" | "missing";

/** How much a store keeps. */
export interface StoreCounts {
  readonly accounts: number;
  readonly chatGroups: number;
  /** Users that have a row. */
  readonly users: number;
}

/** UserIDs of an app; undefined where there is none. */
export interface StoreExamples {
  readonly user: string | undefined;
  readonly account: string | undefined;
}

/**
 * Where the state is. `createMemoryStore` is one; another has to pass the same tests.
 *
 * A read by key or by page costs no more for a million users than for one: nothing here may walk through users, except the four
 * iterators at the end, which are for snapshots.
 */
export interface Store {
  /**
   * Runs all or nothing: when `run` throws, everything that it wrote is undone and the error is thrown on. Inside of another
   * transaction it is a savepoint: only its own writes are undone. Outside of one it returns when the writes are durable, as far as
   * the store is.
   */
  transaction<Result>(run: () => Result): Result;
  /** Forgets everything. In a transaction it can be undone like any write. */
  clear(): void;
  /**
   * Notes the state as it is, and returns a function that brings it back, any number of times. Optional: a store without it is cleared
   * and seeded again.
   */
  checkpoint?(): () => void;
  /** Lets go of files. Nothing else may be called afterwards. */
  close(): void;

  hasAccount(sdkAppId: number, userId: string): boolean;
  saveAccount(sdkAppId: number, userId: string): void;
  removeAccount(sdkAppId: number, userId: string): void;

  standing(sdkAppId: number, groupId: string, userId: string): Standing;
  /** Adds the chat group, or replaces the one with the same ID, its members included. */
  saveChatGroup(sdkAppId: number, row: ChatGroupRow): void;
  removeChatGroup(sdkAppId: number, groupId: string): void;

  user(key: UserKey): UserRow | undefined;
  saveUser(key: UserKey, row: UserRow): void;

  /** By ascending ID. */
  groups(key: UserKey): readonly GroupRow[];
  /** Adds the group, or replaces the one with the same ID. */
  saveGroup(key: UserKey, row: GroupRow): void;
  removeGroup(key: UserKey, groupId: number): void;

  conversation(key: UserKey, conversation: ConversationKey): ConversationRow | undefined;
  /** JSON text of each conversation, in the order asked for; undefined where there is none. */
  fragments(key: UserKey, conversations: readonly ConversationKey[]): readonly (Json<MarkedConversation> | undefined)[];
  /** At most `limit` conversations whose `position` is `from` or more. It costs as much as the page is long. */
  page(key: UserKey, from: number, limit: number): ConversationPage;
  /** The conversation with the smallest `order` in this group, or in any group when none is named. */
  earliestGrouped(key: UserKey, groupId?: number): ConversationRow | undefined;
  /** Adds the conversation, or replaces the one with the same type and ID, which has the same `position`. */
  saveConversation(key: UserKey, row: ConversationRow): void;
  removeConversation(key: UserKey, conversation: ConversationKey): void;

  /**
   * One user that has a row and one account of the app, whichever are found first, for messages that name an example. It walks through
   * nothing. Optional: without it no user is named.
   */
  examples?(sdkAppId: number): StoreExamples;
  /** How much is kept, of all apps. Optional: the rows of a store without it are counted one by one. */
  counts?(): StoreCounts;
  /** Apps of which anything is kept, ascending. */
  apps(): readonly number[];
  /** UserIDs of the imported accounts, in the order of their UTF-16 code units. */
  accounts(sdkAppId: number): Iterable<string>;
  /** By ID, in the order of their UTF-16 code units. */
  chatGroups(sdkAppId: number): Iterable<ChatGroupRow>;
  /** UserIDs that have a row, in the order of their UTF-16 code units. */
  users(sdkAppId: number): Iterable<string>;
  /** All conversations of a user, in the order of the pages. */
  conversations(key: UserKey): Iterable<ConversationRow>;
}
