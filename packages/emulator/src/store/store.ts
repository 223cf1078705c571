/**
 * What the emulator keeps. A store keeps rows and counts nothing: the core creates every number and every JSON text, so that all stores
 * behave alike. All calls are synchronous.
 */
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import type { Json, JsonItems } from "../json.ts";

/** A user of an app: the owner of conversation groups and marks. */
export interface UserKey {
  readonly sdkAppId: number;
  readonly userId: string;
}

/** 1 is a conversation with another user, 2 a conversation in a chat group. */
export type ConversationType = 1 | 2;

/** One conversation of a user; `id` is the other user's UserID or the chat group's GroupID. */
export interface ConversationKey {
  readonly type: ConversationType;
  readonly id: string;
}

/** The totals of a user. A user has a row from the first group, mark or seed on. */
export interface UserRow {
  /** Highest ID that a conversation group of the user ever had; 0 before the first group. */
  readonly lastGroupId: number;
  /** `position` of the next new conversation. */
  readonly nextPosition: number;
  /** `order` of the next membership. */
  readonly nextOrder: number;
  /** Number of conversation groups. */
  readonly groups: number;
  /** Number of conversations that are in at least one group. */
  readonly grouped: number;
  /** Number of conversations with a standard or a custom mark. */
  readonly marked: number;
  /** Number of conversations that are kept: grouped, marked, or both. */
  readonly kept: number;
  /** All groups by ascending ID, as items of a response. */
  readonly groupsJson: JsonItems<GroupItem>;
}

/** A conversation group. */
export interface GroupRow {
  readonly id: number;
  readonly name: string;
  /** Number of its conversations. */
  readonly size: number;
}

/** The membership of a conversation in a group. */
interface Membership {
  readonly groupId: number;
  /** Rises with every membership of the user: the conversation with the smallest one was added to the group first. */
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
  /** Place in the order of the pages, from 0 on. It never changes, so there is a gap where a conversation was removed. */
  readonly position: number;
  /** The row as an item of a response. */
  readonly json: Json<MarkedConversation>;
}

/** A run of conversations in the order of the pages. */
export interface ConversationPage {
  readonly json: JsonItems<MarkedConversation>;
  /** `position` of the first conversation after the page; undefined when there is none. */
  readonly next: number | undefined;
}

/** A chat group, the other side of a conversation of type 2. */
export interface ChatGroupRow {
  readonly id: string;
  readonly disbanded: boolean;
  /** UserIDs of its members; undefined means that every user is one. */
  readonly members?: readonly string[] | undefined;
}

/** The status of a user in a chat group. */
export type MembershipStatus = "member" | "nonmember" | "disbanded" | "missing";

/** How much a store keeps. */
export interface StoreCounts {
  readonly accounts: number;
  readonly chatGroups: number;
  /** Users that have a row. */
  readonly users: number;
}

/** UserIDs of an app; undefined where there is none. */
interface StoreExamples {
  readonly user: string | undefined;
  readonly account: string | undefined;
}

declare const opaque: unique symbol;

/**
 * A store for the option `store` of `createEmulator`. `createMemoryStore` and `createSqliteStore` create one; it has no members for its
 * user.
 */
export interface Store {
  /** @internal */
  readonly [opaque]: true;
}

/** Returns a store as its user has it. */
export function toStore(store: StateStore): Store {
  return store as unknown as Store;
}

/** Returns a store as the emulator uses it. */
export function fromStore(store: Store): StateStore {
  return store as unknown as StateStore;
}

/**
 * What reads.
 *
 * A read by key or by page costs no more for a million users than for one: only `counts` goes
 * through all users, and a checkpoint.
 */
export interface StoreReader {
  hasAccount(sdkAppId: number, userId: string): boolean;
  membershipStatus(sdkAppId: number, groupId: string, userId: string): MembershipStatus;
  user(key: UserKey): UserRow | undefined;
  /** By ascending ID. */
  groups(key: UserKey): readonly GroupRow[];

  conversation(key: UserKey, conversation: ConversationKey): ConversationRow | undefined;
  /** JSON text of each conversation, in the order of `conversations`; undefined where there is none. */
  conversationsJson(
    key: UserKey,
    conversations: readonly ConversationKey[],
  ): readonly (Json<MarkedConversation> | undefined)[];
  /** At most `limit` conversations whose `position` is `from` or more. It costs as much as the page is long. */
  page(key: UserKey, from: number, limit: number): ConversationPage;
  /** The conversation with the smallest `order` in this group, or in any group when none is named. */
  earliestGrouped(key: UserKey, groupId?: number): ConversationRow | undefined;

  /**
   * Returns one user that has a row and one account of the app, the first ones that are found, for messages that name an example. It reads
   * two rows, however many users there are.
   */
  examples(sdkAppId: number): StoreExamples;
  /** Counts what is kept, of an app or of all. It goes through all of it. */
  counts(sdkAppId?: number): StoreCounts;
  /** Returns the apps of which anything is kept, ascending. */
  apps(): readonly number[];
  /**
   * Returns at most `limit` imported accounts whose UserID is behind another one in the order of code points, or the first ones. Only
   * behind the last account it is empty.
   */
  accountPage(sdkAppId: number, after: string | undefined, limit: number): readonly string[];
  /** Returns a page of chat groups by their ID, as `accountPage` does. */
  chatGroupPage(sdkAppId: number, after: string | undefined, limit: number): readonly ChatGroupRow[];
  /** Returns a page of the UserIDs that have a row, as `accountPage` does. */
  userPage(sdkAppId: number, after: string | undefined, limit: number): readonly string[];
  /** All conversations of a user, in the order of the pages. */
  conversations(key: UserKey): Iterable<ConversationRow>;
}

/** What begins a transaction. */
export interface StoreTransactions {
  /**
   * Runs all or nothing: when `run` throws, everything that it wrote is undone, and the error is thrown. Inside another transaction it is
   * a savepoint: only its own writes are undone. Otherwise it returns when the writes are durable, as far as the store is durable.
   */
  transaction<Result>(run: (store: StoreWriter) => Result): Result;
}

/** What reads and writes. Only `transaction` hands it out, so that no write is outside a transaction. */
export interface StoreWriter extends StoreReader, StoreTransactions {
  /** Deletes the state of an app, or of all. It can be undone like any write, and takes the same time for a state of any size. */
  clear(sdkAppId?: number): void;

  saveAccount(sdkAppId: number, userId: string): void;
  removeAccount(sdkAppId: number, userId: string): void;

  /** Adds the chat group, or replaces the one with the same ID, its members included. */
  saveChatGroup(sdkAppId: number, row: ChatGroupRow): void;
  removeChatGroup(sdkAppId: number, groupId: string): void;

  saveUser(key: UserKey, row: UserRow): void;
  /** Adds the group, or replaces the one with the same ID. */
  saveGroup(key: UserKey, row: GroupRow): void;
  removeGroup(key: UserKey, groupId: number): void;
  /** Adds the conversation, or replaces the one with the same type and ID, which has the same `position`. */
  saveConversation(key: UserKey, row: ConversationRow): void;
  removeConversation(key: UserKey, conversation: ConversationKey): void;
}

/** A store as the emulator uses it. All implementations pass the same tests. */
export interface StateStore extends StoreReader, StoreTransactions {
  /**
   * Notes the state of an app, or of all, and returns a function that restores it, any number of times. Optional: a store without it is
   * cleared and seeded again.
   */
  checkpoint?(sdkAppId?: number): () => void;
  /** Begins a state that is written next to the present one, in any number of transactions, and then replaces it at once. */
  draft(): StoreDraft;
  /** As `transaction`, but the writes need to be durable only after `flush`, so it does not wait for the disk. */
  transactionLater<Result>(run: (store: StoreWriter) => Result): Result;
  /** Makes all writes durable, as far as the store is durable. */
  flush(): void;
  /** Throws when writes would be lost, such as those to a file that was deleted. Optional: a store without files has no such state. */
  checkPlace?(): void;
  /** Gives back memory that reads have taken. To be called now and then while the whole state is read. */
  release?(): void;
  /** Returns a copy of the store's file, piece by piece, of the moment of the first one. Undefined for a store without a file. */
  readonly backup?: (() => AsyncGenerator<Uint8Array, void>) | undefined;
  /** Closes files. Nothing else can be called afterwards. */
  close(): void;
}

/** A state that nobody sees until it is used. A store that is closed before forgets it. */
export interface StoreDraft extends StoreTransactions {
  /** Replaces the state of these apps, by default of all, with that of the draft, all at once. Nothing can be written to the draft afterwards. */
  use(sdkAppIds?: readonly number[]): void;
  /** Forgets the draft. */
  drop(): void;
}

/** Rows that are read at once from a listing. */
const pageRows = 500;

/** Returns the imported accounts of an app, page by page. */
export function allAccounts(store: StoreReader, sdkAppId: number): Iterable<string> {
  return allOf((after) => store.accountPage(sdkAppId, after, pageRows), String);
}

/** Returns the chat groups of an app, page by page. */
export function allChatGroups(store: StoreReader, sdkAppId: number): Iterable<ChatGroupRow> {
  return allOf(
    (after) => store.chatGroupPage(sdkAppId, after, pageRows),
    ({ id }) => id,
  );
}

/** Returns the users of an app that have a row, page by page. */
export function allUsers(store: StoreReader, sdkAppId: number): Iterable<string> {
  return allOf((after) => store.userPage(sdkAppId, after, pageRows), String);
}

function* allOf<Row>(
  readPage: (after: string | undefined) => readonly Row[],
  keyOf: (row: Row) => string,
): Generator<Row, void> {
  let page = readPage(undefined);
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    yield* page;
    page = readPage(keyOf(last));
  }
}

/** Returns the conversation with the smallest `order` in a group, or in any group when none is named. */
export function findEarliest(
  rows: Iterable<ConversationRow>,
  groupId: number | undefined,
): ConversationRow | undefined {
  let found: ConversationRow | undefined;
  let smallest = Infinity;
  for (const row of rows) {
    for (const membership of row.groups) {
      if ((groupId !== undefined && membership.groupId !== groupId) || membership.order >= smallest) continue;
      smallest = membership.order;
      found = row;
    }
  }
  return found;
}
