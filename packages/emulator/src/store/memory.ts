import { joinJson } from "../json.ts";
import { OrderedMap } from "./ordered-map.ts";
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
import { createUndoLog } from "./undo-log.ts";

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
  readonly accounts: OrderedMap<true>;
  readonly chatGroups: OrderedMap<MemoryChatGroup>;
  readonly users: OrderedMap<MemoryUser>;
}

type MemoryApps = Map<number, MemoryApp>;

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
  const live: { apps: MemoryApps } = { apps: new Map() };
  /** The state that is read and written: the live one, except in a transaction of a draft. */
  let current = live;
  const undo = createUndoLog();

  const find = (sdkAppId: number): MemoryApp | undefined => current.apps.get(sdkAppId);
  const appOf = (sdkAppId: number): MemoryApp =>
    find(sdkAppId) ??
    undo.setEntry(current.apps, sdkAppId, {
      accounts: new OrderedMap(),
      chatGroups: new OrderedMap(),
      users: new OrderedMap(),
    });
  /** Replaces the state of these apps, by default of all. */
  const replace = (state: typeof live, apps: MemoryApps, sdkAppIds?: readonly number[]): void => {
    const before = state.apps;
    state.apps = new Map(sdkAppIds ? before : []);
    for (const sdkAppId of sdkAppIds ?? apps.keys()) {
      const app = apps.get(sdkAppId);
      if (app) state.apps.set(sdkAppId, app);
      else state.apps.delete(sdkAppId);
    }
    undo.note(() => void (state.apps = before));
  };
  const findUser = ({ sdkAppId, userId }: UserKey): MemoryUser | undefined => find(sdkAppId)?.users.get(userId);
  const userOf = (key: UserKey): MemoryUser =>
    findUser(key) ??
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
    transactionLater: (run) => store.transaction(run),
    flush: () => undefined,
    clear: (sdkAppId) => replace(current, new Map(), listOf(sdkAppId)),
    checkpoint(sdkAppId) {
      const noted = copyApps(live.apps, sdkAppId);
      return () => replace(live, copyApps(noted), listOf(sdkAppId));
    },
    draft() {
      const draft: typeof live = { apps: new Map() };
      return {
        transaction(run) {
          const before = current;
          current = draft;
          try {
            return store.transaction(run);
          } finally {
            current = before;
          }
        },
        use: (sdkAppIds) => replace(live, draft.apps, sdkAppIds),
        drop: () => void (draft.apps = new Map()),
      };
    },
    close: () => void (live.apps = new Map()),

    hasAccount: (sdkAppId, userId) => find(sdkAppId)?.accounts.has(userId) ?? false,
    saveAccount: (sdkAppId, userId) => void undo.setEntry(appOf(sdkAppId).accounts, userId, true),
    removeAccount: (sdkAppId, userId) => undo.deleteEntry(appOf(sdkAppId).accounts, userId),

    membershipStatus(sdkAppId, groupId, userId) {
      const group = find(sdkAppId)?.chatGroups.get(groupId);
      if (!group) return "missing";
      if (group.disbanded) return "disbanded";
      return group.memberSet === undefined || group.memberSet.has(userId) ? "member" : "nonmember";
    },
    saveChatGroup(sdkAppId, row) {
      const memberSet = row.members && new Set(row.members);
      undo.setEntry(appOf(sdkAppId).chatGroups, row.id, { ...row, memberSet });
    },
    removeChatGroup: (sdkAppId, groupId) => undo.deleteEntry(appOf(sdkAppId).chatGroups, groupId),

    user: (key) => findUser(key)?.row,
    saveUser(key, row) {
      const user = userOf(key);
      const before = user.row;
      user.row = row;
      undo.note(() => void (user.row = before));
    },
    groups: (key) => findUser(key)?.groups ?? [],
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
    conversation: (key, conversation) => findUser(key)?.conversations.get(textOf(conversation)),
    conversationsJson(key, conversations) {
      const user = findUser(key);
      return conversations.map((conversation) => user?.conversations.get(textOf(conversation))?.json);
    },
    page(key, from, limit) {
      const list = findUser(key)?.list ?? [];
      const start = indexOf(list, from);
      const end = Math.min(start + limit, list.length);
      return { json: joinJson(end - start, (index) => list[start + index]!.json), next: list[end]?.position };
    },
    earliestGrouped: (key, groupId) => findEarliest(findUser(key)?.list ?? [], groupId),
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
      const { accounts, users } = find(sdkAppId) ?? {};
      return { user: users?.keys().next().value, account: accounts?.keys().next().value };
    },
    counts: (sdkAppId) =>
      countAll(sdkAppId === undefined ? current.apps.values() : [find(sdkAppId)].filter((app) => app !== undefined)),
    apps: () => [...current.apps.keys()].filter((sdkAppId) => isKept(find(sdkAppId))).toSorted((a, b) => a - b),
    accountPage: (sdkAppId, after, limit) => find(sdkAppId)?.accounts.page(after, limit) ?? [],
    chatGroupPage(sdkAppId, after, limit) {
      const groups = find(sdkAppId)?.chatGroups;
      const ids = groups?.page(after, limit) ?? [];
      return ids.map((id) => groups!.get(id)!).map(({ id, disbanded, members }) => ({ id, disbanded, members }));
    },
    userPage: (sdkAppId, after, limit) =>
      find(sdkAppId)?.users.page(after, limit, ({ row }) => row !== undefined) ?? [],
    conversations: (key) => findUser(key)?.list ?? [],
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

/** Copies all collections, of one app or of all. Rows are shared, because they are never changed in place. */
function copyApps(apps: ReadonlyMap<number, MemoryApp>, only?: number): MemoryApps {
  const copies = [...apps]
    .filter(([sdkAppId]) => only === undefined || sdkAppId === only)
    .map(([sdkAppId, { accounts, chatGroups, users }]): [number, MemoryApp] => {
      const copyUser = (user: MemoryUser): MemoryUser => ({
        ...user,
        conversations: new Map(user.conversations),
        list: [...user.list],
      });
      return [sdkAppId, { accounts: accounts.copy(), chatGroups: chatGroups.copy(), users: users.copy(copyUser) }];
    });
  return new Map(copies);
}

function listOf(sdkAppId: number | undefined): readonly number[] | undefined {
  return sdkAppId === undefined ? undefined : [sdkAppId];
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
