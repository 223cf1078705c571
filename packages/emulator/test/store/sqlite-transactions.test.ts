import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/sqlite-node-22.ts";
import { createTransactions } from "../../src/store/sqlite-statement.ts";

/** A database that is full after some kilobytes. */
function createSmall() {
  const database = openDatabase(":memory:");
  database.exec("CREATE TABLE t (a); PRAGMA max_page_count = 4");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  return {
    ...createTransactions(database),
    write: (text: string) => void insert.run(text),
    overflow: () => void insert.run("x".repeat(100_000)),
    read: () =>
      database
        .prepare("SELECT a FROM t")
        .all()
        .map(({ a }) => a),
  };
}

test("keeps nothing of a transaction that SQLite has undone, also when the error was caught inside it", () => {
  const { transaction, write, overflow, read } = createSmall();
  const seen: unknown[] = [];
  const attempt = (run: () => void): void => {
    try {
      transaction(run);
    } catch (error) {
      seen.push((error as Error).message);
    }
  };
  attempt(() => {
    attempt(() => write("before"));
    attempt(overflow);
    attempt(() => write("after"));
  });
  expect(read()).toEqual([]);
  const undone = "SQLite has undone the whole transaction: database or disk is full";
  expect(seen).toEqual(["database or disk is full", undone, undone]);
});

test("the next transaction works", () => {
  const { transaction, write, overflow, read } = createSmall();
  expect(() => transaction(overflow)).toThrow("full");
  transaction(() => write("after"));
  expect(read()).toEqual(["after"]);
});

test("undoes writes that belong together as one, alone and in a transaction", () => {
  const { transaction, together, write, read } = createSmall();
  const fail = (): void =>
    together(() => {
      write("half");
      throw new Error("stop");
    });
  expect(fail).toThrow("stop");
  transaction(() => {
    write("first");
    expect(() => transaction(fail)).toThrow("stop");
  });
  expect(read()).toEqual(["first"]);
});
