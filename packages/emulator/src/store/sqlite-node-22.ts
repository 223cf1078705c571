/** What `node:sqlite` of Node.js 22.13 to 24.6 does not have yet. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** Opens a database, without waiting for another process that has it open. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  const missing = Object.entries(getters).filter(([name]) => !(name in database));
  for (const [name, get] of missing) Object.defineProperty(database, name, { get: () => get(database) });
  return database;
}

type Getters = Readonly<Record<"isOpen" | "isTransaction", (database: DatabaseSync) => boolean>>;

/** Properties of a database that came later, and how to find them out. */
export const getters: Getters = {
  isOpen(database) {
    try {
      database.prepare("SELECT 1");
      return true;
    } catch {
      return false;
    }
  },
  // SQLite rejects a transaction within another one, and changes nothing.
  isTransaction(database) {
    try {
      database.exec("BEGIN");
    } catch {
      return true;
    }
    database.exec("ROLLBACK");
    return false;
  },
};

/** A statement whose rows are arrays. */
export interface ArrayStatement {
  get(...values: SQLInputValue[]): unknown[] | undefined;
  all(...values: SQLInputValue[]): unknown[][];
  run(...values: SQLInputValue[]): void;
}

/** What the bindings can do. */
export interface Abilities {
  /** Whether they return rows as arrays, which came with 22.16. */
  readonly returnArrays: boolean;
  /** Whether they bind numbered parameters, such as `?1`, by their positions, which came after 24.6. */
  readonly bindNumbers: boolean;
}

let abilities: Abilities | undefined;

/** Finds out what the bindings can do. */
export function abilitiesOf(database: DatabaseSync): Abilities {
  const statement = database.prepare("SELECT ?1");
  let bindNumbers = true;
  try {
    statement.get(1);
  } catch {
    bindNumbers = false;
  }
  return { returnArrays: "setReturnArrays" in statement, bindNumbers };
}

/**
 * Prepares a statement whose rows are arrays. Its parameters are all `?`, or all numbered. The columns of a row need different names, none of
 * which is a number, unless there is only one.
 */
export function prepareArrays(
  database: DatabaseSync,
  sql: string,
  { returnArrays, bindNumbers }: Abilities = (abilities ??= abilitiesOf(database)),
): ArrayStatement {
  const statement = database.prepare(sql);
  if (returnArrays) statement.setReturnArrays(true);
  const arrays = statement as unknown as ArrayStatement;
  const byName = bindNumbers || !/\?\d/.test(sql) ? arrays : bindByName(arrays);
  return returnArrays ? byName : toArrays(byName);
}

function bindByName(statement: ArrayStatement): ArrayStatement {
  const named = (values: readonly SQLInputValue[]): SQLInputValue =>
    Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value])) as unknown as SQLInputValue;
  return {
    get: (...values) => statement.get(named(values)),
    all: (...values) => statement.all(named(values)),
    run: (...values) => statement.run(named(values)),
  };
}

function toArrays(statement: ArrayStatement): ArrayStatement {
  return {
    get(...values) {
      const row = statement.get(...values);
      return row && Object.values(row);
    },
    all: (...values) => statement.all(...values).map((row) => Object.values(row)),
    run: (...values) => statement.run(...values),
  };
}
