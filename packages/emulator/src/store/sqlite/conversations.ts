import type { DatabaseSync } from "node:sqlite";
import type { MarkedConversation } from "@contact-groups/openapi/bodies";
import { type Json, type JsonItems, noItems } from "../../json.ts";
import type { Store } from "../store.ts";
import { toConversationData, toConversationRow } from "./conversation-data.ts";
import { toKeyText } from "./key-text.ts";
import { part } from "./schema.ts";
import { prepare } from "./statement.ts";

/** What a store does with conversations. */
type Conversations = Pick<
  Store,
  | "conversation"
  | "fragments"
  | "page"
  | "earliestGrouped"
  | "saveConversation"
  | "removeConversation"
  | "conversations"
>;

/** Conversations. Items of an answer are joined by SQLite from the JSON texts as they are stored, and are never made of rows. */
export function createConversations(database: DatabaseSync): Conversations {
  type User = [app: number, user: string];
  type Key = [...User, type: number, id: string];
  type Row = [data: string, json: Json<MarkedConversation>];
  const ofUser = `app = ?1 AND user = ?2 AND part = ${part.conversation}`;
  const place = `(SELECT place FROM kept WHERE app = ?1 AND user = ?2 AND part = ${part.place} AND number = ?3 AND id = ?4)`;
  const byKey = `${ofUser} AND number = ${place} AND id = ''`;
  const find = prepare<Key, Row>(database, `SELECT data, json FROM kept WHERE ${byKey}`);
  const fragment = prepare<Key, [json: Json<MarkedConversation>]>(database, `SELECT json FROM kept WHERE ${byKey}`);
  const all = prepare<User, Row>(database, `SELECT data, json FROM kept WHERE ${ofUser} ORDER BY number`);

  // A number beyond 2^53 - 1 can be read as a real number only.
  const behind = prepare<[...User, from: number, limit: number], [position: number]>(
    database,
    `SELECT CAST(number AS REAL) FROM kept WHERE ${ofUser} AND number >= ?3 ORDER BY number LIMIT 1 OFFSET ?4`,
  );
  // Rows are met in the order of the table's key. Asking for an order, or for a LIMIT inside, makes SQLite copy them, which takes longer
  // than all the rest.
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
    fragments({ sdkAppId, userId }, conversations) {
      const user = toKeyText(userId);
      return conversations.map(({ type, id }) => fragment.get(sdkAppId, user, type, toKeyText(id))?.[0]);
    },
    page({ sdkAppId, userId }, from, limit) {
      const user = toKeyText(userId);
      const next = behind.get(sdkAppId, user, from, limit)?.[0];
      return { json: join.get(sdkAppId, user, from, next ?? Infinity)?.[0] ?? noItems, next };
    },
    earliestGrouped({ sdkAppId, userId }, groupId) {
      let smallest = Infinity;
      let found: Row | undefined;
      for (const row of all.iterate(sdkAppId, toKeyText(userId))) {
        for (const membership of toConversationRow(...row).groups) {
          if ((groupId !== undefined && membership.groupId !== groupId) || membership.order >= smallest) continue;
          smallest = membership.order;
          found = row;
        }
      }
      return found && toConversationRow(...found);
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
