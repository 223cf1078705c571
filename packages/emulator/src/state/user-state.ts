import type { GroupItem } from "@contact-groups/openapi/bodies";
import { joinJson, noItems, toJson } from "../json.ts";
import type { ConversationKey, ConversationRow, GroupRow, Store, UserKey, UserRow } from "../store/store.ts";
import { conversationJson, groupItem } from "./items.ts";

/** Marks of a conversation. What is left out stays as it is. */
export interface Marks {
  readonly standardMark?: string | undefined;
  readonly customMark?: string | undefined;
}

const unknownUser: UserRow = {
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
 * One user's groups and conversations for the length of a transaction. All changes go through here, so that counts and JSON texts
 * always agree with the rows. `save` has to be called at the end.
 */
export class UserState {
  readonly #store: Store;
  readonly #key: UserKey;
  readonly #groups: Map<number, GroupRow>;
  readonly #changedGroups = new Set<number>();
  #row: UserRow;

  constructor(store: Store, key: UserKey) {
    this.#store = store;
    this.#key = key;
    this.#row = store.user(key) ?? unknownUser;
    this.#groups = new Map(store.groups(key).map((group) => [group.id, group]));
  }

  get row(): UserRow {
    return this.#row;
  }

  save(): void {
    for (const group of this.#groups.values())
      if (this.#changedGroups.has(group.id)) this.#store.saveGroup(this.#key, group);
    this.#changedGroups.clear();
    this.#store.saveUser(this.#key, this.#row);
  }

  /** Moves the counters on; never back. */
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

  groupByName(name: string): GroupRow | undefined {
    for (const group of this.#groups.values()) if (group.name === name) return group;
    return undefined;
  }

  /** The earliest-added conversation of a group, or of all groups. */
  earliestGrouped(groupId?: number): ConversationRow | undefined {
    return this.#store.earliestGrouped(this.#key, groupId);
  }

  /** Puts a conversation into a group. One that is in it already stays as it is, its time included. */
  join(conversation: ConversationKey, groupId: number, seconds: number, order: number = this.#row.nextOrder): void {
    const before = this.conversation(conversation);
    if (isIn(before, groupId)) return;
    checkLeft(order, "membership");
    const groups = [...(before?.groups ?? []), { groupId, order }].toSorted((a, b) => a.groupId - b.groupId);
    this.#row = { ...this.#row, nextOrder: Math.max(this.#row.nextOrder, order + 1) };
    this.#put(before, { ...this.#base(before, conversation), groups, timestamp: seconds });
  }

  /** Takes a conversation out of a group, or out of all. */
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

  /** A conversation as it is, or as it begins. */
  #base(before: ConversationRow | undefined, { type, id }: ConversationKey): Row {
    const position = this.#row.nextPosition;
    if (!before) checkLeft(position, "position");
    return before ?? { type, id, groups: [], standardMark: "", customMark: "", timestamp: 0, position };
  }

  /** Writes a conversation, or removes one that has neither groups nor marks, and brings all counts along. */
  #put(before: ConversationRow | undefined, after: Row): void {
    for (const { groupId } of before?.groups ?? []) if (!isIn(after, groupId)) this.#resize(groupId, -1);
    for (const { groupId } of after.groups) if (!isIn(before, groupId)) this.#resize(groupId, 1);
    const change = (is: (row: Row) => boolean): number =>
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

/** Larger numbers are not exact, so that two conversations could get the same. Only a seed leads there. */
function checkLeft(number: number, what: string): void {
  if (Number.isSafeInteger(number)) return;
  throw new RangeError(`The user has no number left for another ${what}: ${Number.MAX_SAFE_INTEGER} is taken.`);
}

type Row = Omit<ConversationRow, "json">;

function isIn(row: Row | undefined, groupId: number): boolean {
  return row !== undefined && row.groups.some((membership) => membership.groupId === groupId);
}

function isGrouped({ groups }: Row): boolean {
  return groups.length > 0;
}

/** A standard mark of zeros alone sets no bit, but it is kept: it is what the answer shows. */
function isMarked({ standardMark, customMark }: Row): boolean {
  return standardMark !== "" || customMark !== "";
}

function isKept(row: Row): boolean {
  return isGrouped(row) || isMarked(row);
}
