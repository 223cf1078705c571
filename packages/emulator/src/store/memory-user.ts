import { joinJson } from "../json.ts";
import type { ConversationKey, ConversationPage, ConversationRow, GroupRow, UserRow } from "./store.ts";
import type { UndoLog } from "./undo-log.ts";

/** One user in memory. `list` is in the order of the pages, without gaps. */
export interface MemoryUser {
  row: UserRow | undefined;
  groups: readonly GroupRow[];
  readonly conversations: Map<string, ConversationRow>;
  readonly list: ConversationRow[];
}

/** What can be done with users in memory. Reads take one that may not be there. */
export interface MemoryUsers {
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

/** Makes the functions over users; every write is noted in the log. */
export function createMemoryUsers(undo: UndoLog): MemoryUsers {
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

/** A user with collections of its own. */
export function copyUser({ row, groups, conversations, list }: MemoryUser): MemoryUser {
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

/** Index of the first row whose position is this one or more. */
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
