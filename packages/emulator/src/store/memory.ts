import { joinJson } from "../json.ts";
import {
  type ChatGroupRow,
  type ConversationKey,
  type ConversationRow,
  findEarliest,
  type GroupRow,
  type StateStore,
  type Store,
  type StoreCounts,
  type StoreWriter,
  toStore,
  type UserKey,
  type UserRow,
} from "./store.ts";

interface MemoryChatGroup extends ChatGroupRow {
  readonly memberSet: ReadonlySet<string> | undefined;
}

/** A user in memory. `list` is in the order of the pages, without gaps. */
interface MemoryUser {
  row: UserRow | undefined;
  groups: readonly GroupRow[];
  readonly conversations: Map<string, ConversationRow>;
  readonly list: ConversationRow[];
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

  const appOf = (sdkAppId: number): MemoryApp =>
    apps.get(sdkAppId) ??
    undo.setEntry(apps, sdkAppId, { accounts: new Set(), chatGroups: new Map(), users: new Map() });
  const find = ({ sdkAppId, userId }: UserKey): MemoryUser | undefined => apps.get(sdkAppId)?.users.get(userId);
  const userOf = (key: UserKey): MemoryUser =>
    find(key) ??
    undo.setEntry(appOf(key.sdkAppId).users, key.userId, {
      row: undefined,
      groups: [],
      conversations: new Map(),
      list: [],
    });
  const setGroups = (user: MemoryUser, groups: readonly GroupRow[]): void => {
    const before = user.groups;
    user.groups = groups;
    undo.note(() => void (user.groups = before));
  };

  const store: StateStore & StoreWriter = {
    transaction: (run) => undo.transaction(run, store),
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

    membershipStatus(sdkAppId, groupId, userId) {
      const group = apps.get(sdkAppId)?.chatGroups.get(groupId);
      if (!group) return "missing";
      if (group.disbanded) return "disbanded";
      return group.memberSet === undefined || group.memberSet.has(userId) ? "member" : "nonmember";
    },
    saveChatGroup(sdkAppId, row) {
      const memberSet = row.members && new Set(row.members);
      undo.setEntry(appOf(sdkAppId).chatGroups, row.id, { ...row, memberSet });
    },
    removeChatGroup: (sdkAppId, groupId) => undo.deleteEntry(appOf(sdkAppId).chatGroups, groupId),

    user: (key) => find(key)?.row,
    saveUser(key, row) {
      const user = userOf(key);
      const before = user.row;
      user.row = row;
      undo.note(() => void (user.row = before));
    },
    groups: (key) => find(key)?.groups ?? [],
    saveGroup(key, row) {
      const user = userOf(key);
      const others = user.groups.filter(({ id }) => id !== row.id);
      setGroups(
        user,
        [...others, row].toSorted((a, b) => a.id - b.id),
      );
    },
    removeGroup(key, groupId) {
      const user = userOf(key);
      setGroups(
        user,
        user.groups.filter(({ id }) => id !== groupId),
      );
    },
    conversation: (key, conversation) => find(key)?.conversations.get(textOf(conversation)),
    conversationsJson(key, conversations) {
      const user = find(key);
      return conversations.map((conversation) => user?.conversations.get(textOf(conversation))?.json);
    },
    page(key, from, limit) {
      const list = find(key)?.list ?? [];
      const start = indexOf(list, from);
      const end = Math.min(start + limit, list.length);
      return { json: joinJson(end - start, (index) => list[start + index]!.json), next: list[end]?.position };
    },
    earliestGrouped: (key, groupId) => findEarliest(find(key)?.list ?? [], groupId),
    saveConversation(key, row) {
      const { conversations, list } = userOf(key);
      const before = conversations.get(textOf(row));
      undo.setEntry(conversations, textOf(row), row);
      const index = indexOf(list, row.position);
      list.splice(index, before ? 1 : 0, row);
      undo.note(() => void (before ? list.splice(index, 1, before) : list.splice(index, 1)));
    },
    removeConversation(key, conversation) {
      const { conversations, list } = userOf(key);
      const before = conversations.get(textOf(conversation));
      if (!before) return;
      undo.deleteEntry(conversations, textOf(conversation));
      const index = indexOf(list, before.position);
      list.splice(index, 1);
      undo.note(() => void list.splice(index, 0, before));
    },

    examples(sdkAppId) {
      const { accounts, users } = apps.get(sdkAppId) ?? {};
      return { user: users?.keys().next().value, account: accounts?.values().next().value };
    },
    counts: () => countAll(apps.values()),
    apps: () => [...apps.keys()].filter((sdkAppId) => isKept(apps.get(sdkAppId))).toSorted((a, b) => a - b),
    accounts: (sdkAppId) => [...(apps.get(sdkAppId)?.accounts ?? [])].toSorted(),
    chatGroups(sdkAppId) {
      const groups = apps.get(sdkAppId)?.chatGroups ?? new Map<string, MemoryChatGroup>();
      const ids = [...groups.keys()].toSorted();
      return ids.map((id) => groups.get(id)!).map(({ id, disbanded, members }) => ({ id, disbanded, members }));
    },
    users(sdkAppId) {
      const users = apps.get(sdkAppId)?.users ?? new Map<string, MemoryUser>();
      return [...users.keys()].filter((userId) => users.get(userId)?.row !== undefined).toSorted();
    },
    conversations: (key) => find(key)?.list ?? [],
  };
  return store;
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
    const userCopies = [...users].map(([userId, user]): [string, MemoryUser] => [
      userId,
      { ...user, conversations: new Map(user.conversations), list: [...user.list] },
    ]);
    return [sdkAppId, { accounts: new Set(accounts), chatGroups: new Map(chatGroups), users: new Map(userCopies) }];
  });
  return new Map(copies);
}

function isKept(app: MemoryApp | undefined): boolean {
  return app !== undefined && app.accounts.size + app.chatGroups.size + app.users.size > 0;
}

function textOf({ type, id }: ConversationKey): string {
  return `${type}${id}`;
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

/** Writes to collections in memory that can be undone. */
interface UndoLog {
  /** Runs all or nothing, with what it hands out; inside another transaction it is a savepoint. */
  transaction<Writer, Result>(run: (writer: Writer) => Result, writer: Writer): Result;
  /** Sets an entry, and returns its value. */
  setEntry<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value;
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
    transaction(run, writer) {
      const mark = notes.length;
      depth++;
      try {
        return run(writer);
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
      return value;
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
