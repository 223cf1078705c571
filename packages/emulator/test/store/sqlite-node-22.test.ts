import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { type Abilities, getters, openDatabase, prepareArrays } from "../../src/store/sqlite-node-22.ts";

test("finds out whether a database is open, and in a transaction, which also survives the question", () => {
  const database = new DatabaseSync(":memory:");
  const compare = (): void => {
    expect(getters.isTransaction(database)).toBe(database.isTransaction);
    expect(getters.isOpen(database)).toBe(database.isOpen);
  };
  compare();
  database.exec("BEGIN; CREATE TABLE t (a)");
  compare();
  database.exec("COMMIT");
  compare();
  expect(database.prepare("SELECT * FROM t").all()).toEqual([]);
  database.close();
  expect(getters.isOpen(database)).toBe(false);
});

const bindings: readonly Abilities[] = [
  { returnArrays: false, bindNumbers: false },
  { returnArrays: true, bindNumbers: false },
];

test.each([
  "SELECT n, t AS other, n IS NULL, (SELECT count(*) FROM t) FROM t WHERE n >= ? AND n < ? ORDER BY n",
  "SELECT t, n FROM t WHERE n >= ?1 AND n < ?2 AND n <> ?2 ORDER BY n",
  "SELECT 1 FROM t WHERE n >= ?1 AND n < ?2",
])("returns the same rows with bindings that can do less: %s", (sql) => {
  const database = openDatabase(":memory:");
  database.exec("CREATE TABLE t (n, t); INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'c')");
  const all = prepareArrays(database, sql);
  expect(all.all(1, 3)).toHaveLength(2);
  for (const abilities of bindings) {
    const less = prepareArrays(database, sql, abilities);
    for (const values of [
      [1, 3],
      [5, 6],
    ]) {
      expect(less.all(...values)).toEqual(all.all(...values));
      expect(less.get(...values)).toEqual(all.get(...values));
    }
  }
});

test("writes the same rows with bindings that can do less", () => {
  const database = openDatabase(":memory:");
  database.exec("CREATE TABLE t (n, t)");
  for (const abilities of bindings) prepareArrays(database, "INSERT INTO t VALUES (?2, ?1)", abilities).run(1, 2);
  expect(prepareArrays(database, "SELECT n, t FROM t").all()).toEqual([
    [2, 1],
    [2, 1],
  ]);
});
