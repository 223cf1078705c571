import { createAccountTable } from "./sqlite/accounts.ts";
import { createChatGroupTables } from "./sqlite/chat-groups.ts";
import { createConversations } from "./sqlite/conversations.ts";
import { createListings } from "./sqlite/listings.ts";
import { openFile, type Durability } from "./sqlite/open.ts";
import { tables } from "./sqlite/schema.ts";
import { createTransactions } from "./sqlite/transactions.ts";
import { createUsers } from "./sqlite/users.ts";
import type { Store } from "./store.ts";

/** Where a SQLite store is, and how safe. */
export interface SqliteStoreOptions {
  /** File; it is made when there is none, in a folder that exists. `:memory:` keeps nothing. */
  readonly path: string;
  /**
   * What a transaction outlives once it has returned: `full`, the default, the end of the process and a power cut; `normal`, which waits
   * less for the disk, the end of the process only.
   */
  readonly durability?: Durability | undefined;
}

/**
 * Makes a store in a SQLite file. It keeps the file to itself until it is closed: nothing else, in this process or another, can open it.
 * Beside the file there is one with `-wal` at its end, which belongs to it: a copy needs both, or a closed store.
 *
 * @param options The file. Throws a `TypeError` for an option that is wrong, and a `StoreFileError` that says why the file cannot be
 * used: it is in use, damaged, of another program, or of a newer emulator.
 * @example
 * ```ts
 * import { createEmulator } from "@contact-groups/emulator";
 * import { createSqliteStore } from "@contact-groups/emulator/node";
 *
 * const emulator = createEmulator({ store: createSqliteStore({ path: "state.sqlite" }), keepState: true });
 * ```
 */
export function createSqliteStore({ path, durability = "full" }: SqliteStoreOptions): Store {
  return openFile(path, durability, (database) => {
    const { transaction, together } = createTransactions(database);
    return {
      transaction,
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
  });
}
