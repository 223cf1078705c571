/** What the reference keeps, in the plainest form that can be thought of. */
import type { SeedConversation, SeedDocument } from "../../src/index.ts";

export interface KnownConversation {
  readonly type: 1 | 2;
  readonly id: string;
  /** When it joined each group, by the group's ID, as a count of all joins of the user. */
  readonly joined: Map<number, number>;
  standardMark: string;
  customMark: string;
  timestamp: number;
  readonly position: number;
}

export interface KnownUser {
  groups: { readonly id: number; name: string }[];
  /** In the order in which they were first kept. */
  conversations: KnownConversation[];
  lastGroupId: number;
  nextPosition: number;
  joins: number;
}

export interface KnownApp {
  readonly accounts: Set<string>;
  readonly chatGroups: Map<string, { readonly disbanded: boolean; readonly members?: readonly string[] | undefined }>;
  readonly users: Map<string, KnownUser>;
}

export type State = Map<number, KnownApp>;

export function appOf(state: State, sdkAppId: number): KnownApp {
  const app = state.get(sdkAppId) ?? { accounts: new Set(), chatGroups: new Map(), users: new Map() };
  state.set(sdkAppId, app);
  return app;
}

export function userOf({ users }: KnownApp, userId: string): KnownUser {
  const user = users.get(userId) ?? { groups: [], conversations: [], lastGroupId: 0, nextPosition: 0, joins: 0 };
  users.set(userId, user);
  return user;
}

/** The conversation of a user, which is created when there is none. */
export function keep(user: KnownUser, type: 1 | 2, id: string): KnownConversation {
  const known = user.conversations.find((conversation) => conversation.type === type && conversation.id === id);
  if (known) return known;
  const position = user.nextPosition++;
  const fresh = { type, id, joined: new Map(), standardMark: "", customMark: "", timestamp: 0, position };
  user.conversations.push(fresh);
  return fresh;
}

/** Forgets the conversations that are in no group and have no mark. */
export function forget(user: KnownUser): void {
  user.conversations = user.conversations.filter(
    ({ joined, standardMark, customMark }) => joined.size > 0 || standardMark + customMark !== "",
  );
}

/** Adds a seed; false when it contradicts the state or itself, and the state may then be half changed. */
export function seedInto(state: State, { apps }: SeedDocument, sdkAppId: number, seconds: number): boolean {
  for (const seed of apps) {
    const app = appOf(state, seed.sdkAppId ?? sdkAppId);
    for (const account of seed.accounts ?? []) app.accounts.add(account);
    for (const { id, disbanded = false, members } of seed.chatGroups ?? [])
      app.chatGroups.set(id, { disbanded, members });
    for (const { userId, imported = true, groups = [], conversations = [] } of seed.users ?? []) {
      if (imported) app.accounts.add(userId);
      const user = userOf(app, userId);
      for (const { name } of groups) {
        if (user.groups.some((group) => group.name === name)) return false;
        user.groups.push({ id: ++user.lastGroupId, name });
      }
      if (!conversations.every((conversation) => seedConversation(user, conversation, seconds))) return false;
    }
  }
  return true;
}

function seedConversation(user: KnownUser, seed: SeedConversation, seconds: number): boolean {
  const { Type, groups = [], standardMark = "", customMark = "" } = seed;
  const id = Type === 1 ? seed.To_Account : seed.ToGroupId;
  if (user.conversations.some((conversation) => conversation.type === Type && conversation.id === id)) return false;
  const conversation = keep(user, Type, id);
  for (const name of groups) {
    const group = user.groups.find((it) => it.name === name);
    if (!group) return false;
    conversation.joined.set(group.id, user.joins++);
  }
  Object.assign(conversation, { standardMark, customMark, timestamp: seed.timestamp ?? seconds });
  return true;
}
