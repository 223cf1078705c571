import { UserState } from "./state/user-state.ts";
import { DocumentError } from "./document-error.ts";
import type { SeedApp, SeedConversation, SeedDocument, SeedUser } from "./seed-document.ts";
import { toKey } from "./state/items.ts";
import { checkSeed } from "./seed-check.ts";
import type { Store } from "./store/store.ts";

/** What a seed leaves to the emulator. */
export interface SeedDefaults {
  /** The app of an entry that names none. */
  readonly sdkAppId: number;
  /** Milliseconds since the epoch, for conversations without a timestamp. */
  readonly now: number;
}

/** Adds a document to a store, all or nothing. Throws a `DocumentError` that names the place of what is wrong. */
export function plant(document: SeedDocument, store: Store, defaults: SeedDefaults): void {
  checkSeed(document);
  store.transaction(() => {
    for (const [index, app] of document.apps.entries()) plantApp(app, `/apps/${index}`, store, defaults);
  });
}

function plantApp(app: SeedApp, place: string, store: Store, defaults: SeedDefaults): void {
  const { sdkAppId = defaults.sdkAppId, accounts = [], chatGroups = [], users = [] } = app;
  for (const userId of accounts) store.saveAccount(sdkAppId, userId);
  for (const { id, disbanded = false, members } of chatGroups)
    store.saveChatGroup(sdkAppId, { id, disbanded, members });
  for (const [index, user] of users.entries()) {
    if (user.imported !== false) store.saveAccount(sdkAppId, user.userId);
    plantUser(user, `${place}/users/${index}`, new UserState(store, { sdkAppId, userId: user.userId }), defaults);
  }
}

function plantUser(user: SeedUser, place: string, state: UserState, { now }: SeedDefaults): void {
  for (const [index, { name, id = state.row.lastGroupId + 1 }] of (user.groups ?? []).entries()) {
    if (state.groupByName(name)) throw DocumentError.at(`${place}/groups/${index}/name`, "exists already");
    if (id <= state.row.lastGroupId)
      throw DocumentError.at(`${place}/groups/${index}/id`, "must be above those of all earlier groups");
    if (!Number.isSafeInteger(id))
      throw DocumentError.at(`${place}/groups/${index}`, "has no ID left: the last is taken");
    state.createGroup(name, id);
  }
  const seconds = Math.floor(now / 1000);
  for (const [index, conversation] of (user.conversations ?? []).entries())
    plantConversation(conversation, `${place}/conversations/${index}`, state, seconds);
  state.reserve(user);
  state.save();
}

function plantConversation(seed: SeedConversation, place: string, state: UserState, seconds: number): void {
  const { groups = [], joined, standardMark = "", customMark = "", timestamp = seconds, position } = seed;
  const key = toKey(seed);
  if (state.conversation(key)) throw DocumentError.at(place, "exists already");
  if (position !== undefined && position < state.row.nextPosition)
    throw DocumentError.at(`${place}/position`, "must be above those of all earlier conversations");
  const { nextPosition, nextOrder } = state.row;
  const ordersLeft = Number.MAX_SAFE_INTEGER - nextOrder + 1;
  if (!Number.isSafeInteger(position ?? nextPosition) || (!joined && groups.length > ordersLeft))
    throw DocumentError.at(place, "has no number left: the last position or membership is taken");

  state.reserve({ nextPosition: position });
  for (const [index, name] of groups.entries()) {
    const group = state.groupByName(name);
    if (!group) throw DocumentError.at(`${place}/groups/${index}`, "names no group of the user");
    state.join(key, group.id, timestamp, joined?.[index]);
  }
  state.mark(key, { standardMark, customMark }, timestamp);
}
