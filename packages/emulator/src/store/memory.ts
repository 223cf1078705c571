import { joinJson } from "../json.ts";
import {
  type ChatGroupRow,
  type ConversationKey,
  type ConversationPage,
  type ConversationRow,
  type GroupRow,
  type MembershipStatus,
  type StateStore,
  type Store,
  type StoreCounts,
  toStore,
  type UserKey,
  type UserRow,
} from "./store.ts";

interface MemoryChatGroup extends ChatGroupRow {
  readonly memberSet: ReadonlySet<string> | undefined;
}

interface MemoryApp {
  readonly accounts: Set<string>;
  readonly chatGroups: Map<string, MemoryChatGroup>;
  readonly users: Map<string, MemoryUser>;
}

/**
 * Creates a store that lasts as long as the process or the page. It is the store of an emulator without the option `store`.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ store: createMemoryStore() });
 * ```
 */
export function createMemoryStore(): Store {
  return toStore(createMemoryState());
}

/** Creates a memory store as the emulator uses it. */
export function createMemoryState(): StateStore {
  let apps = new Map<number, MemoryApp>();
  const undo = createUndoLog();
  const users = createMemoryUsers(undo);

  const appOf = (sdkAppId: number): MemoryApp => {
    const known = apps.get(sdkAppId);
    if (known) return known;
    const app: MemoryApp = { accounts: new Set(), chatGroups: new Map(), users: new Map() };
    undo.setEntry(apps, sdkAppId, app);
    return app;
  };
  const find = ({ sdkAppId, userId }: UserKey): MemoryUser | undefined => apps.get(sdkAppId)?.users.get(userId);
  const userOf = ({ sdkAppId, userId }: UserKey): MemoryUser => {
    const all = appOf(sdkAppId).users;
    const known = all.get(userId);
    if (known) return known;
    const user = users.create();
    undo.setEntry(all, userId, user);
    return user;
  };

  return {
    transaction: undo.transaction,
    clear() {
      const before = apps;
      apps = new Map();
      undo.note(() => void (apps = before));
    },
    checkpoint() {
      const noted = copyApps(apps);
      return () => void (apps = copyApps(noted));
    },
    close: () => apps.clear(),

    hasAccount: (sdkAppId, userId) => apps.get(sdkAppId)?.accounts.has(userId) ?? false,
    saveAccount: (sdkAppId, userId) => undo.add(appOf(sdkAppId).accounts, userId),
    removeAccount: (sdkAppId, userId) => undo.remove(appOf(sdkAppId).accounts, userId),

    membershipStatus: (sdkAppId, groupId, userId) =>
      membershipStatus(apps.get(sdkAppId)?.chatGroups.get(groupId), userId),
    saveChatGroup: (sdkAppId, row) =>
      undo.setEntry(appOf(sdkAppId).chatGroups, row.id, { ...row, memberSet: row.members && new Set(row.members) }),
    removeChatGroup: (sdkAppId, groupId) => undo.deleteEntry(appOf(sdkAppId).chatGroups, groupId),

    user: (key) => find(key)?.row,
    saveUser: (key, row) => users.saveRow(userOf(key), row),
    groups: (key) => users.groups(find(key)),
    saveGroup: (key, row) => users.saveGroup(userOf(key), row),
    removeGroup: (key, groupId) => users.removeGroup(userOf(key), groupId),
    conversation: (key, conversation) => users.conversation(find(key), conversation),
    conversationsJson: (key, conversations) => {
      const user = find(key);
      return conversations.map((conversation) => users.conversation(user, conversation)?.json);
    },
    page: (key, from, limit) => users.page(find(key), from, limit),
    earliestGrouped: (key, groupId) => users.earliestGrouped(find(key), groupId),
    saveConversation: (key, row) => users.saveConversation(userOf(key), row),
    removeConversation: (key, conversation) => users.removeConversation(userOf(key), conversation),

    examples(sdkAppId) {
      const { accounts, users: all } = apps.get(sdkAppId) ?? {};
      return { user: all?.keys().next().value, account: accounts?.values().next().value };
    },
    counts: () => countAll(apps.values()),
    apps: () => [...apps.keys()].filter((sdkAppId) => isKept(apps.get(sdkAppId))).toSorted((a, b) => a - b),
    accounts: (sdkAppId) => [...(apps.get(sdkAppId)?.accounts ?? [])].toSorted(),
    chatGroups: (sdkAppId) => {
      const groups = apps.get(sdkAppId)?.chatGroups ?? new Map<string, MemoryChatGroup>();
      return [...groups.keys()].toSorted().map((id) => toRow(groups.get(id)));
    },
    users: (sdkAppId) => {
      const all = apps.get(sdkAppId)?.users ?? new Map<string, MemoryUser>();
      return [...all.keys()].filter((userId) => all.get(userId)?.row !== undefined).toSorted();
    },
    conversations: (key) => users.conversations(find(key)),
  };
}

function countAll(apps: Iterable<MemoryApp>): StoreCounts {
  const counts = { accounts: 0, chatGroups: 0, users: 0 };
  for (const { accounts, chatGroups, users } of apps) {
    counts.accounts += accounts.size;
    counts.chatGroups += chatGroups.size;
    counts.users += users.size;
  }
  return counts;
}

/** Copies all collections. Rows are shared, because they are never changed in place. */
function copyApps(apps: ReadonlyMap<number, MemoryApp>): Map<number, MemoryApp> {
  const copies = [...apps].map(([sdkAppId, { accounts, chatGroups, users }]): [number, MemoryApp] => {
    const userCopies = [...users].map(([userId, user]): [string, MemoryUser] => [userId, copyUser(user)]);
    return [sdkAppId, { accounts: new Set(accounts), chatGroups: new Map(chatGroups), users: new Map(userCopies) }];
  });
  return new Map(copies);
}

function isKept(app: MemoryApp | undefined): boolean {
  return app !== undefined && app.accounts.size + app.chatGroups.size + app.users.size > 0;
}

function membershipStatus(group: MemoryChatGroup | undefined, userId: string): MembershipStatus {
  if (!group) return "missing";
  if (group.disbanded) return "disbanded";
  return group.memberSet === undefined || group.memberSet.has(userId) ? "member" : "nonmember";
}

function toRow(group: MemoryChatGroup | undefined): ChatGroupRow {
  const { id = "", disbanded = false, members } = group ?? {};
  return { id, disbanded, members };
}

/** A user in memory. `list` is in the order of the pages, without gaps. */
interface MemoryUser {
  row: UserRow | undefined;
  groups: readonly GroupRow[];
  readonly conversations: Map<string, ConversationRow>;
  readonly list: ConversationRow[];
}

/** The functions over users in memory. A read accepts undefined for a user who does not exist. */
interface MemoryUsers {
  create(): MemoryUser;
  saveRow(user: MemoryUser, row: UserRow): void;
  groups(user: MemoryUser | undefined): readonly GroupRow[];
  saveGroup(user: MemoryUser, row: GroupRow): void;
  removeGroup(user: MemoryUser, groupId: number): void;
  conversation(user: MemoryUser | undefined, key: ConversationKey): ConversationRow | undefined;
  conversations(user: MemoryUser | undefined): readonly ConversationRow[];
  page(user: MemoryUser | undefined, from: number, limit: number): ConversationPage;
  earliestGrouped(user: MemoryUser | undefined, groupId?: number): ConversationRow | undefined;
  saveConversation(user: MemoryUser, row: ConversationRow): void;
  removeConversation(user: MemoryUser, key: ConversationKey): void;
}

/** Creates the functions over users; every write is noted in the log. */
function createMemoryUsers(undo: UndoLog): MemoryUsers {
  const setGroups = (user: MemoryUser, groups: readonly GroupRow[]): void => {
    const before = user.groups;
    user.groups = groups;
    undo.note(() => void (user.groups = before));
  };

  return {
    create: () => ({ row: undefined, groups: [], conversations: new Map(), list: [] }),
    saveRow(user, row) {
      const before = user.row;
      user.row = row;
      undo.note(() => void (user.row = before));
    },
    groups: (user) => user?.groups ?? [],
    saveGroup(user, row) {
      const others = user.groups.filter(({ id }) => id !== row.id);
      setGroups(
        user,
        [...others, row].toSorted((a, b) => a.id - b.id),
      );
    },
    removeGroup: (user, groupId) =>
      setGroups(
        user,
        user.groups.filter(({ id }) => id !== groupId),
      ),
    conversation: (user, key) => user?.conversations.get(textOf(key)),
    conversations: (user) => user?.list ?? [],
    page: (user, from, limit) => page(user?.list ?? [], from, limit),
    earliestGrouped: (user, groupId) => earliest(user?.list ?? [], groupId),
    saveConversation(user, row) {
      const { conversations, list } = user;
      const before = conversations.get(textOf(row));
      undo.setEntry(conversations, textOf(row), row);
      const index = indexOf(list, row.position);
      list.splice(index, before ? 1 : 0, row);
      undo.note(() => void (before ? list.splice(index, 1, before) : list.splice(index, 1)));
    },
    removeConversation({ conversations, list }, key) {
      const before = conversations.get(textOf(key));
      if (!before) return;
      undo.deleteEntry(conversations, textOf(key));
      const index = indexOf(list, before.position);
      list.splice(index, 1);
      undo.note(() => void list.splice(index, 0, before));
    },
  };
}

/** Copies a user and its collections. */
function copyUser({ row, groups, conversations, list }: MemoryUser): MemoryUser {
  return { row, groups, conversations: new Map(conversations), list: [...list] };
}

function textOf({ type, id }: ConversationKey): string {
  return `${type}${id}`;
}

function page(list: readonly ConversationRow[], from: number, limit: number): ConversationPage {
  const start = indexOf(list, from);
  const end = Math.min(start + limit, list.length);
  return { json: joinJson(end - start, (index) => list[start + index]!.json), next: list[end]?.position };
}

/** Returns the index of the first row whose position is at least this one. */
function indexOf(list: readonly ConversationRow[], position: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.position ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function earliest(list: readonly ConversationRow[], groupId: number | undefined): ConversationRow | undefined {
  let found: ConversationRow | undefined;
  let smallest = Infinity;
  for (const row of list) {
    for (const membership of row.groups) {
      if ((groupId !== undefined && membership.groupId !== groupId) || membership.order >= smallest) continue;
      smallest = membership.order;
      found = row;
    }
  }
  return found;
}

/** Writes to collections in memory that can be undone. */
interface UndoLog {
  /** Runs all or nothing; inside another transaction it is a savepoint. */
  transaction<Result>(run: () => Result): Result;
  setEntry<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void;
  deleteEntry<Key, Value>(map: Map<Key, Value>, key: Key): void;
  add<Value>(set: Set<Value>, value: Value): void;
  remove<Value>(set: Set<Value>, value: Value): void;
  /** Notes how to undo the write that was just made. */
  note(undoWrite: () => void): void;
}

/** Creates a log that is empty whenever no transaction runs. */
function createUndoLog(): UndoLog {
  const notes: (() => void)[] = [];
  let depth = 0;
  const note = (undoWrite: () => void): void => {
    if (depth > 0) notes.push(undoWrite);
  };

  return {
    transaction(run) {
      const mark = notes.length;
      depth++;
      try {
        return run();
      } catch (error) {
        while (notes.length > mark) notes.pop()?.();
        throw error;
      } finally {
        depth--;
        if (depth === 0) notes.length = 0;
      }
    },
    setEntry(map, key, value) {
      const before = map.get(key);
      map.set(key, value);
      note(() => void (before === undefined ? map.delete(key) : map.set(key, before)));
    },
    deleteEntry(map, key) {
      const before = map.get(key);
      if (map.delete(key) && before !== undefined) note(() => void map.set(key, before));
    },
    add(set, value) {
      if (set.has(value)) return;
      set.add(value);
      note(() => void set.delete(value));
    },
    remove(set, value) {
      if (set.delete(value)) note(() => void set.add(value));
    },
    note,
  };
}
