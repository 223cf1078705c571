import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import { toKeyText } from "./key-text.ts";
import { prepare } from "./statement.ts";
import type { Transactions } from "./transactions.ts";

/** Chat groups. Their members are kept twice: as a list in its order, and one by one to be found in a group of any size. */
export function createChatGroupTables(
  database: DatabaseSync,
  together: Transactions["together"],
): Pick<Store, "standing" | "saveChatGroup" | "removeChatGroup"> {
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
    standing(sdkAppId, groupId, userId) {
      const found = find.get(sdkAppId, toKeyText(groupId), toKeyText(userId));
      if (!found) return "missing";
      const [disbanded, isOpen, isMember] = found;
      if (disbanded) return "disbanded";
      return isOpen || isMember ? "member" : "outsider";
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
