import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import { toKeyText } from "./key-text.ts";
import { prepare } from "./statement.ts";

/** Imported accounts. */
export function createAccountTable(
  database: DatabaseSync,
): Pick<Store, "hasAccount" | "saveAccount" | "removeAccount"> {
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
