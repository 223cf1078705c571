import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** A prepared statement whose rows are of a known form, which TypeScript cannot see from SQL. */
export interface Statement<Row extends readonly unknown[], Values extends readonly SQLInputValue[]> {
  get(...values: Values): Row | undefined;
  all(...values: Values): readonly Row[];
  iterate(...values: Values): Iterable<Row>;
  run(...values: Values): void;
}

/** Prepares a statement, once for the life of the database. Rows come as arrays: SQLite's bindings make those faster than objects. */
export function prepare<Values extends readonly SQLInputValue[], Row extends readonly unknown[] = []>(
  database: DatabaseSync,
  sql: string,
): Statement<Row, Values> {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement as unknown as Statement<Row, Values>;
}
