import type { DatabaseSync } from "node:sqlite";
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import { type Json, type JsonItems, noItems } from "../json.ts";
import { openFile, part, tables } from "./sqlite-file.ts";
import { createTransactions, fromKeyText, prepare, toKeyText, type Transactions } from "./sqlite-statement.ts";
import {
  type ChatGroupRow,
  type ConversationRow,
  type ConversationType,
  findEarliest,
  type GroupRow,
  type StateStore,
  type Store,
  type StoreReader,
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
 * is a file whose name ends with `-wal`: copy both files, or close the store first.
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

/** Creates a SQLite store as the emulator uses it. */
export function createSqliteState({ path, durability = "full" }: SqliteStoreOptions): StateStore {
  return openFile(path, durability, (database) => {
    const { transaction, together } = createTransactions(database);
    const store: StateStore & StoreWriter = {
      transaction: (run) => transaction(() => run(store)),
      clear: () => together(() => database.exec(tables.map((table) => `DELETE FROM ${table};`).join(" "))),
      close: () => {
        // SQLite brings everything from the -wal file into the file, and removes it.
        if (database.isOpen) database.close();
      },
      ...createAccountTable(database),
      ...createChatGroupTables(database, together),
      ...createUsers(database),
      ...createConversations(database),
      ...createListings(database),
    };
    return store;
  });
}

/** Imported accounts. */
function createAccountTable(database: DatabaseSync): Pick<StoreWriter, "hasAccount" | "saveAccount" | "removeAccount"> {
  type Key = [app: number, user: string];
  const has = prepare<Key, [1]>(database, "SELECT 1 FROM account WHERE app = ? AND user = ?");
  const save = prepare<Key>(database, "INSERT OR IGNORE INTO account VALUES (?, ?)");
  const remove = prepare<Key>(database, "DELETE FROM account WHERE app = ? AND user = ?");

  return {
    hasAccount: (sdkAppId, userId) => has.get(sdkAppId, toKeyText(userId)) !== undefined,
    saveAccount: (sdkAppId, userId) => save.run(sdkAppId, toKeyText(userId)),
    removeAccount: (sdkAppId, userId) => remove.run(sdkAppId, toKeyText(userId)),
  };
}

/** Chat groups. Their members are kept twice: as a list in its order, and one by one, to find one in a group of any size. */
function createChatGroupTables(
  database: DatabaseSync,
  together: Transactions["together"],
): Pick<StoreWriter, "membershipStatus" | "saveChatGroup" | "removeChatGroup"> {
  type Key = [app: number, id: string];
  const find = prepare<[...Key, user: string], [disbanded: number, isOpen: number, isMember: number]>(
    database,
    `SELECT disbanded, members IS NULL, EXISTS (SELECT 1 FROM chat_group_member WHERE app = ?1 AND id = ?2 AND user = ?3)
     FROM chat_group WHERE app = ?1 AND id = ?2`,
  );
  const save = prepare<[...Key, disbanded: number, members: string | null]>(
    database,
    "INSERT OR REPLACE INTO chat_group VALUES (?, ?, ?, ?)",
  );
  const saveMember = prepare<[...Key, user: string]>(
    database,
    "INSERT OR IGNORE INTO chat_group_member VALUES (?, ?, ?)",
  );
  const remove = prepare<Key>(database, "DELETE FROM chat_group WHERE app = ? AND id = ?");
  const removeMembers = prepare<Key>(database, "DELETE FROM chat_group_member WHERE app = ? AND id = ?");

  return {
    membershipStatus(sdkAppId, groupId, userId) {
      const found = find.get(sdkAppId, toKeyText(groupId), toKeyText(userId));
      if (!found) return "missing";
      const [disbanded, isOpen, isMember] = found;
      if (disbanded) return "disbanded";
      return isOpen || isMember ? "member" : "nonmember";
    },
    saveChatGroup(sdkAppId, { id, disbanded, members }) {
      const key = toKeyText(id);
      together(() => {
        removeMembers.run(sdkAppId, key);
        save.run(sdkAppId, key, Number(disbanded), members ? JSON.stringify(members) : null);
        for (const userId of members ?? []) saveMember.run(sdkAppId, key, toKeyText(userId));
      });
    },
    removeChatGroup(sdkAppId, groupId) {
      const key = toKeyText(groupId);
      together(() => {
        remove.run(sdkAppId, key);
        removeMembers.run(sdkAppId, key);
      });
    },
  };
}

/** Users and their conversation groups. */
function createUsers(
  database: DatabaseSync,
): Pick<StoreWriter, "user" | "saveUser" | "groups" | "saveGroup" | "removeGroup"> {
  type Key = [app: number, user: string];
  // With the whole key, SQLite uses the table directly instead of the index of users.
  const find = prepare<Key, [data: string, json: JsonItems<GroupItem>]>(
    database,
    `SELECT data, json FROM kept WHERE app = ? AND user = ? AND part = ${part.user} AND number = 0 AND id = ''`,
  );
  const save = prepare<[...Key, data: string, json: string]>(
    database,
    `INSERT INTO kept VALUES (?, ?, ${part.user}, 0, '', NULL, ?, ?)
     ON CONFLICT DO UPDATE SET data = excluded.data, json = excluded.json`,
  );
  const groups = prepare<Key, [data: string]>(
    database,
    `SELECT data FROM kept WHERE app = ? AND user = ? AND part = ${part.group} ORDER BY number`,
  );
  const saveGroup = prepare<[...Key, id: number, data: string]>(
    database,
    `INSERT INTO kept VALUES (?, ?, ${part.group}, ?, '', NULL, ?, NULL) ON CONFLICT DO UPDATE SET data = excluded.data`,
  );
  const removeGroup = prepare<[...Key, id: number]>(
    database,
    `DELETE FROM kept WHERE app = ? AND user = ? AND part = ${part.group} AND number = ? AND id = ''`,
  );

  return {
    user({ sdkAppId, userId }) {
      const found = find.get(sdkAppId, toKeyText(userId));
      return found && toUserRow(...found);
    },
    saveUser: ({ sdkAppId, userId }, row) => save.run(sdkAppId, toKeyText(userId), toUserData(row), row.groupsJson),
    groups: ({ sdkAppId, userId }) => groups.all(sdkAppId, toKeyText(userId)).map(([data]) => toGroupRow(data)),
    saveGroup: ({ sdkAppId, userId }, row) => saveGroup.run(sdkAppId, toKeyText(userId), row.id, toGroupData(row)),
    removeGroup: ({ sdkAppId, userId }, groupId) => removeGroup.run(sdkAppId, toKeyText(userId), groupId),
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
function createConversations(database: DatabaseSync): Conversations {
  type User = [app: number, user: string];
  type Key = [...User, type: number, id: string];
  type Row = [data: string, json: Json<MarkedConversation>];
  const ofUser = `app = ?1 AND user = ?2 AND part = ${part.conversation}`;
  const place = `(SELECT place FROM kept WHERE app = ?1 AND user = ?2 AND part = ${part.place} AND number = ?3 AND id = ?4)`;
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
    `DELETE FROM kept WHERE app = ?1 AND user = ?2
     AND (part, number, id) IN (VALUES (${part.place}, ?3, ?4), (${part.conversation}, ${place}, ''))`,
  );

  return {
    conversation({ sdkAppId, userId }, { type, id }) {
      const found = find.get(sdkAppId, toKeyText(userId), type, toKeyText(id));
      return found && toConversationRow(...found);
    },
    conversationsJson({ sdkAppId, userId }, conversations) {
      const user = toKeyText(userId);
      return conversations.map(({ type, id }) => findJson.get(sdkAppId, user, type, toKeyText(id))?.[0]);
    },
    page({ sdkAppId, userId }, from, limit) {
      const user = toKeyText(userId);
      const next = behind.get(sdkAppId, user, from, limit)?.[0];
      return { json: join.get(sdkAppId, user, from, next ?? Infinity)?.[0] ?? noItems, next };
    },
    earliestGrouped({ sdkAppId, userId }, groupId) {
      const rows = all.iterate(sdkAppId, toKeyText(userId));
      return findEarliest(toConversationRows(rows), groupId);
    },
    saveConversation({ sdkAppId, userId }, row) {
      const { type, id, position, json } = row;
      save.run(sdkAppId, toKeyText(userId), type, toKeyText(id), position, toConversationData(row), json);
    },
    removeConversation: ({ sdkAppId, userId }, { type, id }) =>
      remove.run(sdkAppId, toKeyText(userId), type, toKeyText(id)),
    conversations: ({ sdkAppId, userId }) =>
      all.all(sdkAppId, toKeyText(userId)).map((row) => toConversationRow(...row)),
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

/** What goes through all rows. */
function createListings(
  database: DatabaseSync,
): Pick<StoreReader, "examples" | "counts" | "apps" | "accounts" | "chatGroups" | "users"> {
  const nextApp = prepare<[app: number], [app: number | null]>(
    database,
    `SELECT min(app) FROM (${["account", "chat_group", "kept"]
      .map((table) => `SELECT min(app) AS app FROM ${table} WHERE app > ?1`)
      .join(" UNION ALL ")})`,
  );
  const accounts = prepare<[app: number], [user: string]>(database, "SELECT user FROM account WHERE app = ?");
  const users = prepare<[app: number], [user: string]>(
    database,
    `SELECT user FROM kept WHERE app = ? AND part = ${part.user}`,
  );
  const chatGroups = prepare<[app: number], [id: string, disbanded: number, members: string | null]>(
    database,
    "SELECT id, disbanded, members FROM chat_group WHERE app = ?",
  );
  const counts = prepare<[], [accounts: number, chatGroups: number, users: number]>(
    database,
    `SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM chat_group),
       (SELECT count(*) FROM kept WHERE part = ${part.user})`,
  );

  const example = prepare<[app: number], [user: string | null, account: string | null]>(
    database,
    `SELECT (SELECT user FROM kept WHERE app = ?1 AND part = ${part.user} LIMIT 1),
       (SELECT user FROM account WHERE app = ?1 LIMIT 1)`,
  );

  return {
    examples(sdkAppId) {
      const [user, account] = (example.get(sdkAppId) ?? []).map((text) =>
        text === null ? undefined : fromKeyText(text),
      );
      return { user, account };
    },
    counts() {
      const [accountCount, chatGroupCount, userCount] = counts.get() ?? [0, 0, 0];
      return { accounts: accountCount, chatGroups: chatGroupCount, users: userCount };
    },
    apps() {
      const apps: number[] = [];
      for (;;) {
        // From one app to the next by the key, past all that they keep.
        const next = nextApp.get(apps.at(-1) ?? -Infinity)?.[0] ?? undefined;
        if (next === undefined) return apps;
        apps.push(next);
      }
    },
    accounts: (sdkAppId) => sorted(accounts.iterate(sdkAppId)),
    chatGroups: (sdkAppId) => {
      const rows = new Map(Array.from(chatGroups.iterate(sdkAppId), (row) => [fromKeyText(row[0]), row]));
      return sorted(rows.values()).map((id): ChatGroupRow => {
        const [, disbanded = 0, members = null] = rows.get(id) ?? [];
        return {
          id,
          disbanded: disbanded === 1,
          members: members === null ? undefined : (JSON.parse(members) as string[]),
        };
      });
    },
    users: (sdkAppId) => sorted(users.iterate(sdkAppId)),
  };
}

/** Returns the texts of the first column in the order of UTF-16 code units. SQLite's order is that of UTF-8, in which U+FFFD is before U+10000. */
function sorted(rows: Iterable<readonly [string, ...unknown[]]>): readonly string[] {
  return Array.from(rows, ([text]) => fromKeyText(text)).toSorted();
}
