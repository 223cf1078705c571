/** The JSON form of the state: seeds, presets, exports and snapshots. `seed.schema.json` describes it. */
import { show } from "@contact-groups/core/check";
import { checkDocument, DocumentError } from "./document.ts";
import type { components } from "./generated/control-types.ts";
import { seedField } from "./generated/control.ts";
import { conversationItem, toKey, UserState } from "./state/user-state.ts";
import {
  allAccounts,
  allChatGroups,
  allUsers,
  type ChatGroupRow,
  type ConversationRow,
  type GroupRow,
  type StoreReader,
  type StoreTransactions,
  type StoreWriter,
} from "./store/store.ts";

/** The state of an emulator. A snapshot is a whole seed. */
export type SeedDocument = components["schemas"]["SeedDocument"];

/** The state of one app. */
export type SeedApp = components["schemas"]["SeedApp"];

/** A chat group. Without `members` every user is a member. */
export type SeedChatGroup = components["schemas"]["SeedChatGroup"];

/** A user with conversation groups and conversations. Limits do not apply: a seed can exceed them. */
export type SeedUser = components["schemas"]["SeedUser"];

/** A conversation group. Without `id` it gets the next one, from 1 on. */
export type SeedGroup = components["schemas"]["SeedGroup"];

/** A conversation as the API names it, with its groups and marks. */
export type SeedConversation = components["schemas"]["SeedConversation"];

/** Values that a seed can omit. */
export interface SeedDefaults {
  /** The app of an entry without `sdkAppId`. */
  readonly sdkAppId: number;
  /** Milliseconds since the epoch, for conversations without a timestamp. */
  readonly now: number;
  /** The apps that an entry can be of; any app when it is omitted. */
  readonly apps?: readonly number[];
  /** The only app whose entries are added. */
  readonly only?: number;
}

/** Adds a document to a store, all or nothing. Throws a `DocumentError` that names the place of the first invalid value. */
export function seedStore(document: SeedDocument, store: StoreTransactions, defaults: SeedDefaults): void {
  checkSeed(document, defaults);
  store.transaction((writer) => {
    for (const [index, app] of document.apps.entries()) seedApp(app, `/apps/${index}`, writer, defaults);
  });
}

/** Throws a `DocumentError` for an entry of an app that it cannot be of. */
function checkApps(
  { apps }: SeedDocument,
  { sdkAppId: first, apps: allowed }: Pick<SeedDefaults, "sdkAppId" | "apps">,
): void {
  for (const [index, { sdkAppId = first }] of apps.entries()) {
    if (!allowed || allowed.includes(sdkAppId)) continue;
    const what = allowed.length === 1 ? `${allowed[0]}` : `one of ${allowed.slice(0, 10).join(", ")}`;
    throw DocumentError.at(`/apps/${index}/sdkAppId`, `must be ${what}, but is ${sdkAppId}: there is no such app here`);
  }
}

/** Adds an entry that was checked, at its place in the document. */
export function seedApp(app: SeedApp, place: string, store: StoreWriter, defaults: SeedDefaults): void {
  const { sdkAppId = defaults.sdkAppId, accounts = [], chatGroups = [], users = [] } = app;
  if (defaults.only !== undefined && defaults.only !== sdkAppId) return;
  for (const userId of accounts) store.saveAccount(sdkAppId, userId);
  for (const { id, disbanded = false, members } of chatGroups)
    store.saveChatGroup(sdkAppId, { id, disbanded, members });
  for (const [index, user] of users.entries()) {
    if (user.imported !== false) store.saveAccount(sdkAppId, user.userId);
    seedUser(user, `${place}/users/${index}`, new UserState(store, { sdkAppId, userId: user.userId }), defaults);
  }
}

function seedUser(user: SeedUser, place: string, state: UserState, { now }: SeedDefaults): void {
  for (const [index, { name, id: own }] of (user.groups ?? []).entries()) {
    const id = own ?? state.row.lastGroupId + 1;
    if (own === undefined && state.groupByName(name))
      throw DocumentError.at(`${place}/groups/${index}/name`, "is already the name of a group of the user");
    if (id <= state.row.lastGroupId)
      throw DocumentError.at(
        `${place}/groups/${index}/id`,
        `must be above the IDs of all earlier groups, but is ${id}`,
      );
    if (!Number.isSafeInteger(id))
      throw DocumentError.at(`${place}/groups/${index}`, "cannot get an ID: the highest one is in use");
    state.createGroup(name, id);
  }
  const seconds = Math.floor(now / 1000);
  for (const [index, conversation] of (user.conversations ?? []).entries())
    seedConversation(conversation, `${place}/conversations/${index}`, state, seconds);
  state.reserve(user);
  state.save();
}

function seedConversation(seed: SeedConversation, place: string, state: UserState, seconds: number): void {
  const { joined, standardMark = "", customMark = "", timestamp = seconds, position } = seed;
  const key = toKey(seed);
  if (state.conversation(key)) throw DocumentError.at(place, "is already a conversation of the user");
  if (position !== undefined && position < state.row.nextPosition)
    throw DocumentError.at(
      `${place}/position`,
      `must be above the positions of all earlier conversations, but is ${position}`,
    );
  const { nextPosition, nextOrder } = state.row;
  const groups = groupsOf(seed, place, state);
  const ordersLeft = Number.MAX_SAFE_INTEGER - nextOrder + 1;
  if (!Number.isSafeInteger(position ?? nextPosition) || (!joined && groups.length > ordersLeft))
    throw DocumentError.at(place, "cannot get a number: the highest position or membership is in use");

  state.reserve({ nextPosition: position });
  for (const [index, { id }] of groups.entries()) state.join(key, id, timestamp, joined?.[index]);
  state.mark(key, { standardMark, customMark }, timestamp);
}

/** Returns the groups of a conversation, which are named or have their IDs. */
function groupsOf({ groups = [], groupIds }: SeedConversation, place: string, state: UserState): readonly GroupRow[] {
  const found = (group: GroupRow | undefined, at: string, what: string, value: unknown): GroupRow => {
    if (group) return group;
    throw DocumentError.at(`${place}/${at}`, `must be the ${what} of a group of the user, but is ${show(value)}`);
  };
  return groupIds
    ? groupIds.map((id, index) => found(state.group(id), `groupIds/${index}`, "ID", id))
    : groups.map((name, index) => found(state.groupByName(name), `groups/${index}`, "name", name));
}

/** Throws a `DocumentError` that names the place of the first invalid value of a seed, or an app that it cannot have. */
export function checkSeed(
  document: unknown,
  defaults: Pick<SeedDefaults, "sdkAppId" | "apps">,
): asserts document is SeedDocument {
  checkDocument(document, seedField);
  for (const [index, app] of (document as SeedDocument).apps.entries()) {
    for (const [user, { conversations = [] }] of (app.users ?? []).entries()) {
      for (const [place, conversation] of conversations.entries())
        checkConversation(conversation, `/apps/${index}/users/${user}/conversations/${place}`);
    }
  }
  checkApps(document as SeedDocument, defaults);
}

/** Checks what the schema cannot say. */
function checkConversation(conversation: SeedConversation, place: string): void {
  const { groups, groupIds, joined, standardMark, customMark } = conversation;
  if (groups && groupIds) throw DocumentError.at(`${place}/groupIds`, "must not be given in addition to groups");
  const { length } = groupIds ?? groups ?? [];
  if (joined && joined.length !== length)
    throw DocumentError.at(`${place}/joined`, `must have as many items as groups, ${length}, but has ${joined.length}`);
  if (length === 0 && !standardMark && !customMark) throw DocumentError.at(place, "must be in a group or have a mark");
}

/** Returns the state of apps as a document, by default of all. The same state always gives the same document. */
export function takeSnapshot(store: StoreReader, apps?: readonly number[]): SeedDocument {
  const kept = store.apps().filter((sdkAppId) => apps?.includes(sdkAppId) ?? true);
  return { apps: kept.map((sdkAppId) => snapshotApp(sdkAppId, store)) };
}

function snapshotApp(sdkAppId: number, store: StoreReader): SeedApp {
  const users = Array.from(allUsers(store, sdkAppId), (userId) => snapshotUser(sdkAppId, userId, store));
  const withData = new Set(users.map(({ userId }) => userId));
  const accounts = [...allAccounts(store, sdkAppId)].filter((userId) => !withData.has(userId));
  const chatGroups = Array.from(allChatGroups(store, sdkAppId), snapshotChatGroup);
  return { sdkAppId, accounts, chatGroups, users };
}

/** Returns a chat group as a document has it. */
export function snapshotChatGroup({ id, disbanded, members }: ChatGroupRow): SeedChatGroup {
  return { id, ...(disbanded && { disbanded }), ...(members && { members }) };
}

/** Returns a user as a document has it. */
export function snapshotUser(sdkAppId: number, userId: string, store: StoreReader): SeedUser {
  const key = { sdkAppId, userId };
  const groups = store.groups(key).map(({ name, id }) => ({ name, id }));
  const nameOf = new Map(groups.map(({ name, id }) => [id, name]));
  const areUnique = new Set(nameOf.values()).size === nameOf.size;
  const { lastGroupId = 0, nextPosition = 0 } = store.user(key) ?? {};
  const conversations = [...store.conversations(key)].map((row) =>
    snapshotConversation(row, areUnique ? nameOf : undefined),
  );
  const imported = store.hasAccount(sdkAppId, userId);
  return { userId, ...(!imported && { imported }), groups, conversations, lastGroupId, nextPosition };
}

/** Returns a conversation; without names of groups, with their IDs. */
function snapshotConversation(row: ConversationRow, nameOf?: ReadonlyMap<number, string>): SeedConversation {
  const { type, id, groups, standardMark, customMark, timestamp, position } = row;
  return {
    ...conversationItem({ type, id }),
    ...(groups.length > 0 && {
      ...(nameOf
        ? { groups: groups.map(({ groupId }) => nameOf.get(groupId) ?? "") }
        : { groupIds: groups.map(({ groupId }) => groupId) }),
      joined: groups.map(({ order }) => order),
    }),
    ...(standardMark !== "" && { standardMark }),
    ...(customMark !== "" && { customMark }),
    timestamp,
    position,
  };
}

/** The seed of the command by default, so that the first call finds a user. */
export const firstSeed: SeedDocument = {
  apps: [
    {
      accounts: ["user_0002"],
      chatGroups: [{ id: "@TGS#1B2AUI7RZ" }],
      users: [
        {
          userId: "user_0001",
          groups: [{ name: "family" }],
          conversations: [{ Type: 1, To_Account: "user_0002", groups: ["family"] }],
        },
      ],
    },
  ],
};
