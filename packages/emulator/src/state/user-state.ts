/** A user's state, and its form in requests and responses. Rows keep the JSON texts of items, from which responses are put together. */
import type {
  Conversation,
  ConversationMarks,
  GroupItem,
  MarkedConversation,
  RequestConversation,
} from "@contact-groups/openapi/bodies";
import { joinJson, type Json, noItems, toJson } from "../json.ts";
import {
  type ConversationKey,
  type ConversationRow,
  findEarliest,
  type GroupRow,
  type StoreWriter,
  type UserKey,
  type UserRow,
} from "../store/store.ts";

/** Marks of a conversation. A mark that is omitted stays as it is; an empty text removes it. */
interface Marks {
  readonly standardMark?: string | undefined;
  readonly customMark?: string | undefined;
}

/** The row of a user of whom nothing is kept. */
export const unknownUser: UserRow = {
  lastGroupId: 0,
  nextPosition: 0,
  nextOrder: 0,
  groups: 0,
  grouped: 0,
  marked: 0,
  kept: 0,
  groupsJson: noItems,
};

/**
 * One user's groups and conversations during a transaction. All changes are made here, so that counts and JSON texts always agree with
 * the rows. `save` has to be called at the end.
 */
export class UserState {
  readonly #store: StoreWriter;
  readonly #key: UserKey;
  readonly #groups: Map<number, GroupRow>;
  readonly #changedGroups = new Set<number>();
  #row: UserRow;

  constructor(store: StoreWriter, key: UserKey) {
    this.#store = store;
    this.#key = key;
    this.#row = store.user(key) ?? unknownUser;
    this.#groups = new Map(store.groups(key).map((group) => [group.id, group]));
  }

  get row(): UserRow {
    return this.#row;
  }

  /** Writes what changed. A user without a row who got nothing has none afterwards either. */
  save(): void {
    if (this.#row === unknownUser) return;
    for (const group of this.#groups.values())
      if (this.#changedGroups.has(group.id)) this.#store.saveGroup(this.#key, group);
    this.#changedGroups.clear();
    this.#store.saveUser(this.#key, this.#row);
  }

  /** Raises the counters; a lower value changes nothing. */
  reserve({
    lastGroupId = 0,
    nextPosition = 0,
  }: {
    lastGroupId?: number | undefined;
    nextPosition?: number | undefined;
  }): void {
    this.#row = {
      ...this.#row,
      lastGroupId: Math.max(this.#row.lastGroupId, lastGroupId),
      nextPosition: Math.max(this.#row.nextPosition, nextPosition),
    };
  }

  createGroup(name: string, id: number): void {
    this.#groups.set(id, { id, name, size: 0 });
    this.#changedGroups.add(id);
    this.reserve({ lastGroupId: id });
    this.#listGroups();
  }

  /** Gives a group another name. An ID that no group has changes nothing. */
  renameGroup(id: number, name: string): void {
    const group = this.#groups.get(id);
    if (!group) return;
    this.#groups.set(id, { ...group, name });
    this.#changedGroups.add(id);
    this.#listGroups();
  }

  /** Removes all conversations from a group, and then the group. Its ID is not used again. */
  removeGroup(id: number, seconds: number): void {
    // A list of its own: the store can return the one that it changes.
    const inGroup = Array.from(this.#store.conversations(this.#key)).filter((row) => isIn(row, id));
    for (const row of inGroup) this.leave(row, id, seconds);
    this.#groups.delete(id);
    this.#changedGroups.delete(id);
    this.#store.removeGroup(this.#key, id);
    this.#listGroups();
  }

  #listGroups(): void {
    const byId = [...this.#groups.values()].toSorted((a, b) => a.id - b.id);
    this.#row = {
      ...this.#row,
      groups: byId.length,
      groupsJson: joinJson(byId.length, (index) => toJson<GroupItem>(groupItem(byId[index]!))),
    };
  }

  conversation(conversation: ConversationKey): ConversationRow | undefined {
    return this.#store.conversation(this.#key, conversation);
  }

  group(id: number): GroupRow | undefined {
    return this.#groups.get(id);
  }

  /** Returns the group of this name; of several, the one with the lowest ID. */
  groupByName(name: string): GroupRow | undefined {
    for (const group of this.#groups.values()) if (group.name === name) return group;
    return undefined;
  }

  /** Returns the conversation that was added first to a group, or to any group. */
  earliestGrouped(groupId?: number): ConversationRow | undefined {
    return this.#store.earliestGrouped(this.#key, groupId);
  }

  /** Returns the conversation without a mark that was added first to any group. */
  earliestUnmarked(): ConversationRow | undefined {
    return findEarliest(
      Array.from(this.#store.conversations(this.#key)).filter((row) => !isMarked(row)),
      undefined,
    );
  }

  /** Adds a conversation to a group. One that is already in it stays as it is, including its time. */
  join(conversation: ConversationKey, groupId: number, seconds: number, order: number = this.#row.nextOrder): void {
    const before = this.conversation(conversation);
    if (isIn(before, groupId)) return;
    checkLeft(order, "membership");
    const groups = [...(before?.groups ?? []), { groupId, order }].toSorted((a, b) => a.groupId - b.groupId);
    this.#row = { ...this.#row, nextOrder: Math.max(this.#row.nextOrder, order + 1) };
    this.#put(before, { ...this.#base(before, conversation), groups, timestamp: seconds });
  }

  /** Removes a conversation from a group, or from all groups. */
  leave(before: ConversationRow, groupId: number | undefined, seconds: number): void {
    const groups = groupId === undefined ? [] : before.groups.filter((membership) => membership.groupId !== groupId);
    this.#put(before, { ...before, groups, timestamp: seconds });
  }

  /** Sets marks of a conversation. */
  mark(conversation: ConversationKey, { standardMark, customMark }: Marks, seconds: number): void {
    const before = this.conversation(conversation);
    const base = this.#base(before, conversation);
    const next = { standardMark: standardMark ?? base.standardMark, customMark: customMark ?? base.customMark };
    if (next.standardMark === base.standardMark && next.customMark === base.customMark) return;
    this.#put(before, { ...base, ...next, timestamp: seconds });
  }

  /** Returns a conversation as it is, or a new one. */
  #base(before: ConversationRow | undefined, { type, id }: ConversationKey): ConversationState {
    const position = this.#row.nextPosition;
    if (!before) checkLeft(position, "position");
    return before ?? { type, id, groups: [], standardMark: "", customMark: "", timestamp: 0, position };
  }

  /** Writes a conversation, or removes one without groups and marks, and updates all counts. */
  #put(before: ConversationRow | undefined, after: ConversationState): void {
    for (const { groupId } of before?.groups ?? []) if (!isIn(after, groupId)) this.#resize(groupId, -1);
    for (const { groupId } of after.groups) if (!isIn(before, groupId)) this.#resize(groupId, 1);
    const change = (is: (row: ConversationState) => boolean): number =>
      Number(is(after)) - Number(before !== undefined && is(before));
    this.#row = {
      ...this.#row,
      nextPosition: Math.max(this.#row.nextPosition, after.position + 1),
      grouped: this.#row.grouped + change(isGrouped),
      marked: this.#row.marked + change(isMarked),
      kept: this.#row.kept + change(isKept),
    };
    if (isKept(after)) this.#store.saveConversation(this.#key, { ...after, json: conversationJson(after) });
    else this.#store.removeConversation(this.#key, after);
  }

  #resize(groupId: number, change: number): void {
    const group = this.#groups.get(groupId);
    if (!group) return;
    this.#groups.set(groupId, { ...group, size: group.size + change });
    this.#changedGroups.add(groupId);
  }
}

/** Larger numbers are not exact, so two conversations could get the same. Only a seed can lead to such numbers. */
function checkLeft(number: number, what: string): void {
  if (Number.isSafeInteger(number)) return;
  throw new RangeError(
    `The user cannot have another ${what}: the highest number, ${Number.MAX_SAFE_INTEGER}, is in use.`,
  );
}

type ConversationState = Omit<ConversationRow, "json">;

function isIn(row: ConversationState | undefined, groupId: number): boolean {
  return row !== undefined && row.groups.some((membership) => membership.groupId === groupId);
}

function isGrouped({ groups }: ConversationState): boolean {
  return groups.length > 0;
}

/** A standard mark that consists of zeros sets no bit, but it is kept, because responses show it. */
export function isMarked({ standardMark, customMark }: ConversationState): boolean {
  return standardMark !== "" || customMark !== "";
}

function isKept(row: ConversationState): boolean {
  return isGrouped(row) || isMarked(row);
}

/** Returns the key of a conversation of a request. */
export function toKey(conversation: RequestConversation): ConversationKey {
  return conversation.Type === 1 ? { type: 1, id: conversation.To_Account } : { type: 2, id: conversation.ToGroupId };
}

/** Returns a conversation as requests and responses have it: `{"Type":1,"To_Account":"user_0002"}`. */
export function conversationItem({ type, id }: ConversationKey): Conversation {
  return type === 1 ? { Type: 1, To_Account: id } : { Type: 2, ToGroupId: id };
}

/** Writes a conversation as an item of a response. */
export function conversationJson(row: Omit<ConversationRow, "json" | "position">): Json<MarkedConversation> {
  const { standardMark, customMark, groups, timestamp } = row;
  // A field that is added to the description does not compile here until it is sent.
  const marks: { [Name in keyof Required<ConversationMarks>]: ConversationMarks[Name] | undefined } = {
    StandardMark: standardMark,
    CustomMark: customMark === "" ? undefined : customMark,
    ContactGroupId: groups.length === 0 ? undefined : groups.map(({ groupId }) => groupId),
    Timestamp: timestamp,
  };
  // JSON has no undefined members.
  return toJson<MarkedConversation>({ ...conversationItem(row), ...(marks as ConversationMarks) });
}

/** Returns a conversation group as an item of a response. */
export function groupItem({ name, id }: Pick<GroupRow, "name" | "id">): Required<GroupItem> {
  return { GroupName: name, GroupId: id };
}
