import type { DatabaseSync } from "node:sqlite";
import { fromKeyText, toKeyText } from "./key-text.ts";
import { part } from "./sqlite-schema.ts";
import type { Spaces } from "./sqlite-spaces.ts";
import { prepare } from "./sqlite-statement.ts";
import type { StoreReader } from "./store.ts";

/** Creates the listings of a database: what goes from row to row. */
export function createListings(
  database: DatabaseSync,
  { toRead, apps }: Pick<Spaces, "toRead" | "apps">,
): Pick<StoreReader, "examples" | "counts" | "apps" | "accountPage" | "chatGroupPage" | "userPage"> {
  const ofUser = `space = ?1 AND part = ${part.user}`;
  const example = prepare<[space: number], [user: string | null, account: string | null]>(
    database,
    `SELECT (SELECT user FROM kept WHERE ${ofUser} LIMIT 1), (SELECT user FROM account WHERE space = ?1 LIMIT 1)`,
  );
  const counts = prepare<[space: number], [accounts: number, chatGroups: number, users: number]>(
    database,
    `SELECT (SELECT count(*) FROM account WHERE space = ?1), (SELECT count(*) FROM chat_group WHERE space = ?1),
       (SELECT count(*) FROM kept WHERE ${ofUser})`,
  );
  const isKept = prepare<[space: number], [number]>(
    database,
    `SELECT EXISTS (SELECT 1 FROM account WHERE space = ?1) OR EXISTS (SELECT 1 FROM chat_group WHERE space = ?1)
       OR EXISTS (SELECT 1 FROM kept WHERE space = ?1)`,
  );
  const accounts = preparePage<[user: string]>(database, "user FROM account WHERE space = ?1", "user");
  const users = preparePage<[user: string]>(database, `user FROM kept WHERE ${ofUser}`, "user");
  const chatGroups = preparePage<[id: string, disbanded: number, members: string | null]>(
    database,
    "id, disbanded, members FROM chat_group WHERE space = ?1",
    "id",
  );

  return {
    examples(sdkAppId) {
      const [user, account] = (example.get(toRead(sdkAppId)) ?? []).map((text) =>
        text === null ? undefined : fromKeyText(text),
      );
      return { user, account };
    },
    counts(sdkAppId) {
      const total = { accounts: 0, chatGroups: 0, users: 0 };
      for (const app of sdkAppId === undefined ? apps() : [sdkAppId]) {
        const [accountCount, chatGroupCount, userCount] = counts.get(toRead(app)) ?? [0, 0, 0];
        total.accounts += accountCount;
        total.chatGroups += chatGroupCount;
        total.users += userCount;
      }
      return total;
    },
    apps: () => apps().filter((sdkAppId) => isKept.get(toRead(sdkAppId))?.[0] === 1),
    accountPage: (sdkAppId, after, limit) =>
      accounts(toRead(sdkAppId), after, limit).map(([userId]) => fromKeyText(userId)),
    chatGroupPage: (sdkAppId, after, limit) =>
      chatGroups(toRead(sdkAppId), after, limit).map(([id, disbanded, members]) => ({
        id: fromKeyText(id),
        disbanded: disbanded === 1,
        members: members === null ? undefined : (JSON.parse(members) as string[]),
      })),
    userPage: (sdkAppId, after, limit) => users(toRead(sdkAppId), after, limit).map(([userId]) => fromKeyText(userId)),
  };
}

/** Prepares the pages of a query, in the order of a key. */
function preparePage<Row extends readonly [string, ...unknown[]]>(
  database: DatabaseSync,
  query: string,
  key: string,
): (space: number, after: string | undefined, limit: number) => readonly Row[] {
  const order = `ORDER BY ${key} LIMIT ?2`;
  const first = prepare<[space: number, limit: number], Row>(database, `SELECT ${query} ${order}`);
  const next = prepare<[space: number, limit: number, after: string], Row>(
    database,
    `SELECT ${query} AND ${key} > ?3 ${order}`,
  );
  return (space, after, limit) =>
    after === undefined ? first.all(space, limit) : next.all(space, limit, toKeyText(after));
}
