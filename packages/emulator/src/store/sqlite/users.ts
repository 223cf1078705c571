import type { DatabaseSync } from "node:sqlite";
import type { GroupItem } from "@contact-groups/openapi/bodies";
import type { JsonItems } from "../../json.ts";
import type { GroupRow, Store, UserRow } from "../store.ts";
import { toKeyText } from "./key-text.ts";
import { part } from "./schema.ts";
import { prepare } from "./statement.ts";

/** Users and their conversation groups. */
export function createUsers(
  database: DatabaseSync,
): Pick<Store, "user" | "saveUser" | "groups" | "saveGroup" | "removeGroup"> {
  type Key = [app: number, user: string];
  // With the whole key, SQLite takes the table at once instead of the index of users.
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
