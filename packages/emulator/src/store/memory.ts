import { copyUser, createMemoryUsers, type MemoryUser } from "./memory-user.ts";
import type { ChatGroupRow, Standing, Store, StoreCounts, UserKey } from "./store.ts";
import { createUndoLog } from "./undo-log.ts";

interface ChatGroup extends ChatGroupRow {
  readonly memberSet: ReadonlySet<string> | undefined;
}

interface App {
  readonly accounts: Set<string>;
  readonly chatGroups: Map<string, ChatGroup>;
  readonly users: Map<string, MemoryUser>;
}

/**
 * Makes a store that is as long there as the process or the page.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ store: createMemoryStore() });
 * ```
 */
export function createMemoryStore(): Store {
  let apps = new Map<number, App>();
  const undo = createUndoLog();
  const users = createMemoryUsers(undo);

  const appOf = (sdkAppId: number): App => {
    const known = apps.get(sdkAppId);
    if (known) return known;
    const app: App = { accounts: new Set(), chatGroups: new Map(), users: new Map() };
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

    standing: (sdkAppId, groupId, userId) => standing(apps.get(sdkAppId)?.chatGroups.get(groupId), userId),
    saveChatGroup: (sdkAppId, row) =>
      undo.setEntry(appOf(sdkAppId).chatGroups, row.id, { ...row, memberSet: row.members && new Set(row.members) }),
    removeChatGroup: (sdkAppId, groupId) => undo.deleteEntry(appOf(sdkAppId).chatGroups, groupId),

    user: (key) => find(key)?.row,
    saveUser: (key, row) => users.saveRow(userOf(key), row),
    groups: (key) => users.groups(find(key)),
    saveGroup: (key, row) => users.saveGroup(userOf(key), row),
    removeGroup: (key, groupId) => users.removeGroup(userOf(key), groupId),
    conversation: (key, conversation) => users.conversation(find(key), conversation),
    fragments: (key, conversations) => {
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
      const groups = apps.get(sdkAppId)?.chatGroups ?? new Map<string, ChatGroup>();
      return [...groups.keys()].toSorted().map((id) => toRow(groups.get(id)));
    },
    users: (sdkAppId) => {
      const all = apps.get(sdkAppId)?.users ?? new Map<string, MemoryUser>();
      return [...all.keys()].filter((userId) => all.get(userId)?.row !== undefined).toSorted();
    },
    conversations: (key) => users.conversations(find(key)),
  };
}

function countAll(apps: Iterable<App>): StoreCounts {
  const counts = { accounts: 0, chatGroups: 0, users: 0 };
  for (const { accounts, chatGroups, users } of apps) {
    counts.accounts += accounts.size;
    counts.chatGroups += chatGroups.size;
    counts.users += users.size;
  }
  return counts;
}

/** New collections with the same rows, which are never changed in place. */
function copyApps(apps: ReadonlyMap<number, App>): Map<number, App> {
  const copies = [...apps].map(([sdkAppId, { accounts, chatGroups, users }]): [number, App] => {
    const userCopies = [...users].map(([userId, user]): [string, MemoryUser] => [userId, copyUser(user)]);
    return [sdkAppId, { accounts: new Set(accounts), chatGroups: new Map(chatGroups), users: new Map(userCopies) }];
  });
  return new Map(copies);
}

function isKept(app: App | undefined): boolean {
  return app !== undefined && app.accounts.size + app.chatGroups.size + app.users.size > 0;
}

function standing(group: ChatGroup | undefined, userId: string): Standing {
  if (!group) return "missing";
  if (group.disbanded) return "disbanded";
  return group.memberSet === undefined || group.memberSet.has(userId) ? "member" : "outsider";
}

function toRow(group: ChatGroup | undefined): ChatGroupRow {
  const { id = "", disbanded = false, members } = group ?? {};
  return { id, disbanded, members };
}
