import type { DatabaseSync } from "node:sqlite";
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import { type Json, type JsonItems, noItems } from "../json.ts";
export { StoreFileError } from "./sqlite-error.ts";
import { createBackground } from "./background.ts";
import { toKeyText } from "./key-text.ts";
import { type DatabaseFile, openFile } from "./sqlite-file.ts";
import { createListings } from "./sqlite-listings.ts";
import { part } from "./sqlite-schema.ts";
import { createSpaces, type Spaces } from "./sqlite-spaces.ts";
import { createTransactions, prepare, type Transactions } from "./sqlite-statement.ts";
import {
  type ConversationRow,
  type ConversationType,
  findEarliest,
  type GroupRow,
  type StateStore,
  type Store,
  type StoreWriter,
  toStore,
  type UserRow,
} from "./store.ts";

/** Options of `createSqliteStore`. */
export interface SqliteStoreOptions {
  /** The file. It is created when it does not exist; its folder must exist. `:memory:` keeps nothing. */
  readonly path: string;
  /**
   * What a finished transaction survives: with `full` the end of the process and a power cut; with `normal`, which waits less for the disk,
   * only the end of the process.
   *
   * @default "full"
   */
  readonly durability?: "full" | "normal" | undefined;
}

/**
 * Creates a store in a SQLite file. Until the store is closed, nothing else in this process or another can open the file. Next to it there
 * is a file whose name ends with `-wal`; a copy without it is rejected, so make copies with `GET /__emulator/backup` or after `close`. When
 * one of the two is deleted or replaced, nothing more is written, and calls fail with that reason.
 *
 * @throws A `TypeError` for an invalid option, and an `Error` that says why the file cannot be used: it is in use, damaged, or was written
 * by another program or a newer emulator.
 * @example
 * ```ts
 * import { createEmulator } from "@contact-groups/emulator";
 * import { createSqliteStore } from "@contact-groups/emulator/node";
 *
 * const emulator = createEmulator({ store: createSqliteStore({ path: "state.sqlite" }), keepState: true });
 * ```
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  return toStore(createSqliteState(options));
}

/** A SQLite store as the emulator uses it. */
interface SqliteState extends StateStore {
  /** Returns whether nothing is left of states that were replaced. They are deleted in the background. */
  isSwept(): boolean;
}

/** Creates a SQLite store as the emulator uses it. */
export function createSqliteState({ path, durability = "full" }: SqliteStoreOptions): SqliteState {
  const file = openFile(path, durability);
  try {
    return createState(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

function createState({ database, checkPlace, runLater, flush, release, backup, close }: DatabaseFile): SqliteState {
  const { transaction, together } = createTransactions(database, {
    onWritten: checkPlace,
    onCommit() {
      spaces.settle();
      if (!spaces.isSwept()) sweeping.start();
    },
    onUndo: () => spaces.reload(),
  });
  const spaces = createSpaces(database, together);
  const sweeping = createBackground(() => runLater(() => transaction(spaces.sweep)));
  if (!spaces.isSwept()) sweeping.start();
  const store: SqliteState & StoreWriter = {
    transaction: (run) => transaction(() => run(store)),
    clear: spaces.clear,
    transactionLater: (run) => runLater(() => transaction(() => run(store))),
    flush,
    draft() {
      const draft = spaces.draft((run) => store.transactionLater(run));
      const drop = (): void => {
        draft.drop();
        if (!spaces.isSwept()) sweeping.start();
      };
      return { ...draft, drop };
    },
    isSwept: spaces.isSwept,
    checkPlace,
    release,
    backup,
    close() {
      sweeping.stop();
      close();
    },
    ...createAccountTable(database, spaces),
    ...createChatGroupTables(database, spaces, together),
    ...createUsers(database, spaces),
    ...createConversations(database, spaces),
    ...createListings(database, spaces),
  };
  return store;
}

/** Finds the space of an app. */
type SpaceOf = Pick<Spaces, "toRead" | "toWrite">;

/** Imported accounts. */
function createAccountTable(
  database: DatabaseSync,
  { toRead, toWrite }: SpaceOf,
): Pick<StoreWriter, "hasAccount" | "saveAccount" | "removeAccount"> {
  type Key = [space: number, user: string];
  const has = prepare<Key, [1]>(database, "SELECT 1 FROM account WHERE space = ? AND user = ?");
  const save = prepare<Key>(database, "INSERT OR IGNORE INTO account VALUES (?, ?)");
  const remove = prepare<Key>(database, "DELETE FROM account WHERE space = ? AND user = ?");

  return {
    hasAccount: (sdkAppId, userId) => has.get(toRead(sdkAppId), toKeyText(userId)) !== undefined,
    saveAccount: (sdkAppId, userId) => save.run(toWrite(sdkAppId), toKeyText(userId)),
    removeAccount: (sdkAppId, userId) => remove.run(toRead(sdkAppId), toKeyText(userId)),
  };
}

/** Chat groups. Their members are kept twice: as a list in its order, and one by one, to find one in a group of any size. */
function createChatGroupTables(
  database: DatabaseSync,
  { toRead, toWrite }: SpaceOf,
  together: Transactions["together"],
): Pick<StoreWriter, "membershipStatus" | "saveChatGroup" | "removeChatGroup"> {
  type Key = [space: number, id: string];
  const find = prepare<[...Key, user: string], [disbanded: number, isOpen: number, isMember: number]>(
    database,
    `SELECT disbanded, members IS NULL, EXISTS (SELECT 1 FROM chat_group_member WHERE space = ?1 AND id = ?2 AND user = ?3)
     FROM chat_group WHERE space = ?1 AND id = ?2`,
  );
  const save = prepare<[...Key, disbanded: number, members: string | null]>(
    database,
    "INSERT OR REPLACE INTO chat_group VALUES (?, ?, ?, ?)",
  );
  const saveMember = prepare<[...Key, user: string]>(
    database,
    "INSERT OR IGNORE INTO chat_group_member VALUES (?, ?, ?)",
  );
  const remove = prepare<Key>(database, "DELETE FROM chat_group WHERE space = ? AND id = ?");
  const removeMembers = prepare<Key>(database, "DELETE FROM chat_group_member WHERE space = ? AND id = ?");

  return {
    membershipStatus(sdkAppId, groupId, userId) {
      const found = find.get(toRead(sdkAppId), toKeyText(groupId), toKeyText(userId));
      if (!found) return "missing";
      const [disbanded, isOpen, isMember] = found;
      if (disbanded) return "disbanded";
      return isOpen || isMember ? "member" : "nonmember";
    },
    saveChatGroup(sdkAppId, { id, disbanded, members }) {
      const key = toKeyText(id);
      together(() => {
        removeMembers.run(toRead(sdkAppId), key);
        save.run(toWrite(sdkAppId), key, Number(disbanded), members ? JSON.stringify(members) : null);
        for (const userId of members ?? []) saveMember.run(toWrite(sdkAppId), key, toKeyText(userId));
      });
    },
    removeChatGroup(sdkAppId, groupId) {
      const key = toKeyText(groupId);
      together(() => {
        remove.run(toRead(sdkAppId), key);
        removeMembers.run(toRead(sdkAppId), key);
      });
    },
  };
}

/** Users and their conversation groups. */
function createUsers(
  database: DatabaseSync,
  { toRead, toWrite }: SpaceOf,
): Pick<StoreWriter, "user" | "saveUser" | "groups" | "saveGroup" | "removeGroup"> {
  type Key = [space: number, user: string];
  // With the whole key, SQLite uses the table directly instead of the index of users.
  const find = prepare<Key, [data: string, json: JsonItems<GroupItem>]>(
    database,
    `SELECT data, json FROM kept WHERE space = ? AND user = ? AND part = ${part.user} AND number = 0 AND id = ''`,
  );
  const save = prepare<[...Key, data: string, json: string]>(
    database,
    `INSERT INTO kept VALUES (?, ?, ${part.user}, 0, '', NULL, ?, ?)
     ON CONFLICT DO UPDATE SET data = excluded.data, json = excluded.json`,
  );
  const groups = prepare<Key, [data: string]>(
    database,
    `SELECT data FROM kept WHERE space = ? AND user = ? AND part = ${part.group} ORDER BY number`,
  );
  const saveGroup = prepare<[...Key, id: number, data: string]>(
    database,
    `INSERT INTO kept VALUES (?, ?, ${part.group}, ?, '', NULL, ?, NULL) ON CONFLICT DO UPDATE SET data = excluded.data`,
  );
  const removeGroup = prepare<[...Key, id: number]>(
    database,
    `DELETE FROM kept WHERE space = ? AND user = ? AND part = ${part.group} AND number = ? AND id = ''`,
  );

  return {
    user({ sdkAppId, userId }) {
      const found = find.get(toRead(sdkAppId), toKeyText(userId));
      return found && toUserRow(...found);
    },
    saveUser: ({ sdkAppId, userId }, row) =>
      save.run(toWrite(sdkAppId), toKeyText(userId), toUserData(row), row.groupsJson),
    groups: ({ sdkAppId, userId }) => groups.all(toRead(sdkAppId), toKeyText(userId)).map(([data]) => toGroupRow(data)),
    saveGroup: ({ sdkAppId, userId }, row) =>
      saveGroup.run(toWrite(sdkAppId), toKeyText(userId), row.id, toGroupData(row)),
    removeGroup: ({ sdkAppId, userId }, groupId) => removeGroup.run(toRead(sdkAppId), toKeyText(userId), groupId),
  };
}

function toUserData({ lastGroupId, nextPosition, nextOrder, groups, grouped, marked, kept }: UserRow): string {
  return JSON.stringify([lastGroupId, nextPosition, nextOrder, groups, grouped, marked, kept]);
}

function toUserRow(data: string, groupsJson: JsonItems<GroupItem>): UserRow {
  type Data = [number, number, number, number, number, number, number];
  const [lastGroupId, nextPosition, nextOrder, groups, grouped, marked, kept] = JSON.parse(data) as Data;
  return { lastGroupId, nextPosition, nextOrder, groups, grouped, marked, kept, groupsJson };
}

function toGroupData({ id, name, size }: GroupRow): string {
  return JSON.stringify([id, name, size]);
}

function toGroupRow(data: string): GroupRow {
  const [id, name, size] = JSON.parse(data) as [number, string, number];
  return { id, name, size };
}

/** What a store does with conversations. */
type Conversations = Pick<
  StoreWriter,
  | "conversation"
  | "conversationsJson"
  | "page"
  | "earliestGrouped"
  | "saveConversation"
  | "removeConversation"
  | "conversations"
>;

/** Conversations. SQLite joins the items of a response from the stored JSON texts; they are never created from rows. */
function createConversations(database: DatabaseSync, { toRead, toWrite }: SpaceOf): Conversations {
  type User = [space: number, user: string];
  type Key = [...User, type: number, id: string];
  type Row = [data: string, json: Json<MarkedConversation>];
  const ofUser = `space = ?1 AND user = ?2 AND part = ${part.conversation}`;
  const place = `(SELECT place FROM kept WHERE space = ?1 AND user = ?2 AND part = ${part.place} AND number = ?3 AND id = ?4)`;
  const byKey = `${ofUser} AND number = ${place} AND id = ''`;
  const find = prepare<Key, Row>(database, `SELECT data, json FROM kept WHERE ${byKey}`);
  const findJson = prepare<Key, [json: Json<MarkedConversation>]>(database, `SELECT json FROM kept WHERE ${byKey}`);
  const all = prepare<User, Row>(database, `SELECT data, json FROM kept WHERE ${ofUser} ORDER BY number`);

  // A number beyond 2^53 - 1 can be read as a real number only.
  const behind = prepare<[...User, from: number, limit: number], [position: number]>(
    database,
    `SELECT CAST(number AS REAL) FROM kept WHERE ${ofUser} AND number >= ?3 ORDER BY number LIMIT 1 OFFSET ?4`,
  );
  // Rows come in the order of the table's key. ORDER BY, or a LIMIT inside, would make SQLite copy them, which takes longer than all the
  // rest.
  const join = prepare<[...User, from: number, end: number], [json: JsonItems<MarkedConversation> | null]>(
    database,
    `SELECT group_concat(json, ',') FROM kept WHERE ${ofUser} AND number >= ?3 AND number < ?4`,
  );
  const save = prepare<[...Key, position: number, ...Row]>(
    database,
    `INSERT INTO kept VALUES (?1, ?2, ${part.place}, ?3, ?4, ?5, NULL, NULL), (?1, ?2, ${part.conversation}, ?5, '', NULL, ?6, ?7)
     ON CONFLICT DO UPDATE SET data = excluded.data, json = excluded.json`,
  );
  const remove = prepare<Key>(
    database,
    `DELETE FROM kept WHERE space = ?1 AND user = ?2
     AND (part, number, id) IN (VALUES (${part.place}, ?3, ?4), (${part.conversation}, ${place}, ''))`,
  );

  return {
    conversation({ sdkAppId, userId }, { type, id }) {
      const found = find.get(toRead(sdkAppId), toKeyText(userId), type, toKeyText(id));
      return found && toConversationRow(...found);
    },
    conversationsJson({ sdkAppId, userId }, conversations) {
      const user = toKeyText(userId);
      return conversations.map(({ type, id }) => findJson.get(toRead(sdkAppId), user, type, toKeyText(id))?.[0]);
    },
    page({ sdkAppId, userId }, from, limit) {
      const user = toKeyText(userId);
      const next = behind.get(toRead(sdkAppId), user, from, limit)?.[0];
      return { json: join.get(toRead(sdkAppId), user, from, next ?? Infinity)?.[0] ?? noItems, next };
    },
    earliestGrouped({ sdkAppId, userId }, groupId) {
      const rows = all.all(toRead(sdkAppId), toKeyText(userId));
      return findEarliest(toConversationRows(rows), groupId);
    },
    saveConversation({ sdkAppId, userId }, row) {
      const { type, id, position, json } = row;
      save.run(toWrite(sdkAppId), toKeyText(userId), type, toKeyText(id), position, toConversationData(row), json);
    },
    removeConversation: ({ sdkAppId, userId }, { type, id }) =>
      remove.run(toRead(sdkAppId), toKeyText(userId), type, toKeyText(id)),
    conversations: ({ sdkAppId, userId }) =>
      all.all(toRead(sdkAppId), toKeyText(userId)).map((row) => toConversationRow(...row)),
  };
}

type ConversationData = [
  position: number,
  type: ConversationType,
  id: string,
  memberships: readonly (readonly [groupId: number, order: number])[],
  standardMark: string,
  customMark: string,
  timestamp: number,
];

/** Writes a conversation for the file, without its JSON text. */
function toConversationData({ position, type, id, groups, ...row }: ConversationRow): string {
  const memberships = groups.map(({ groupId, order }) => [groupId, order] as const);
  const data: ConversationData = [position, type, id, memberships, row.standardMark, row.customMark, row.timestamp];
  return JSON.stringify(data);
}

/** Reads a conversation from the file. */
function toConversationRow(text: string, json: Json<MarkedConversation>): ConversationRow {
  const [position, type, id, memberships, standardMark, customMark, timestamp] = JSON.parse(text) as ConversationData;
  const groups = memberships.map(([groupId, order]) => ({ groupId, order }));
  return { type, id, groups, standardMark, customMark, timestamp, position, json };
}

function* toConversationRows(
  rows: Iterable<readonly [data: string, json: Json<MarkedConversation>]>,
): Iterable<ConversationRow> {
  for (const row of rows) yield toConversationRow(...row);
}
