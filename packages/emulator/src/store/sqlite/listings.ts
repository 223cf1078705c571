import type { DatabaseSync } from "node:sqlite";
import type { ChatGroupRow, Store } from "../store.ts";
import { fromKeyText } from "./key-text.ts";
import { part } from "./schema.ts";
import { prepare } from "./statement.ts";

/** What walks through everything. */
export function createListings(
  database: DatabaseSync,
): Required<Pick<Store, "examples" | "counts" | "apps" | "accounts" | "chatGroups" | "users">> {
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

/** The first columns' texts in the order of UTF-16 code units. SQLite's order is that of UTF-8, in which U+FFFD is before U+10000. */
function sorted(rows: Iterable<readonly [string, ...unknown[]]>): readonly string[] {
  return Array.from(rows, ([text]) => fromKeyText(text)).toSorted();
}
