import type { SeedApp, SeedConversation, SeedDocument, SeedUser } from "./seed-document.ts";
import { conversationItem } from "./state/items.ts";
import type { ConversationRow, Store } from "./store/store.ts";

/** The whole state of a store as a document. The same state gives the same document, whichever way it came about. */
export function takeSnapshot(store: Store): SeedDocument {
  return { apps: store.apps().map((sdkAppId) => snapshotApp(sdkAppId, store)) };
}

function snapshotApp(sdkAppId: number, store: Store): SeedApp {
  const users = [...store.users(sdkAppId)].map((userId) => snapshotUser(sdkAppId, userId, store));
  const withData = new Set(users.map(({ userId }) => userId));
  const accounts = [...store.accounts(sdkAppId)].filter((userId) => !withData.has(userId));
  const chatGroups = [...store.chatGroups(sdkAppId)].map(({ id, disbanded, members }) => ({
    id,
    ...(disbanded && { disbanded }),
    ...(members && { members }),
  }));
  return { sdkAppId, accounts, chatGroups, users };
}

function snapshotUser(sdkAppId: number, userId: string, store: Store): SeedUser {
  const key = { sdkAppId, userId };
  const groups = store.groups(key).map(({ name, id }) => ({ name, id }));
  const nameOf = new Map(groups.map(({ name, id }) => [id, name]));
  const { lastGroupId = 0, nextPosition = 0 } = store.user(key) ?? {};
  const conversations = [...store.conversations(key)].map((row) => snapshotConversation(row, nameOf));
  const imported = store.hasAccount(sdkAppId, userId);
  return { userId, ...(!imported && { imported }), groups, conversations, lastGroupId, nextPosition };
}

function snapshotConversation(row: ConversationRow, nameOf: ReadonlyMap<number, string>): SeedConversation {
  const { type, id, groups, standardMark, customMark, timestamp, position } = row;
  return {
    ...conversationItem({ type, id }),
    ...(groups.length > 0 && {
      groups: groups.map(({ groupId }) => nameOf.get(groupId) ?? ""),
      joined: groups.map(({ order }) => order),
    }),
    ...(standardMark !== "" && { standardMark }),
    ...(customMark !== "" && { customMark }),
    timestamp,
    position,
  };
}
