import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** A prepared statement with the types of its rows, which TypeScript cannot know from SQL. */
interface Statement<Row extends readonly unknown[], Values extends readonly SQLInputValue[]> {
  get(...values: Values): Row | undefined;
  all(...values: Values): readonly Row[];
  iterate(...values: Values): Iterable<Row>;
  run(...values: Values): void;
}

/** Prepares a statement, once for the life of the database. Rows are arrays, which the bindings create faster than objects. */
export function prepare<Values extends readonly SQLInputValue[], Row extends readonly unknown[] = []>(
  database: DatabaseSync,
  sql: string,
): Statement<Row, Values> {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement as unknown as Statement<Row, Values>;
}

/**
 * Returns a text as a key in SQLite. SQLite stores UTF-8, which has no half of a surrogate pair, and some of its tools end a text at a NUL.
 * Both are escaped, and so is the mark of an escape, so that different texts are always different keys.
 */
export function toKeyText(text: string): string {
  return rare.test(text) ? text.replace(allRare, escape) : text;
}

/** Returns the text of a key. */
export function fromKeyText(key: string): string {
  return key.includes(mark) ? key.replace(escapes, unescape) : key;
}

/** A noncharacter, which Unicode keeps free for such use: https://www.unicode.org/faq/private_use.html#nonchar1 */
const mark = "\u{10FFFF}";
const rare = /[\0\p{Surrogate}\u{10FFFF}]/u;
const allRare = new RegExp(rare, "gu");
const escapes = /\u{10FFFF}([0-9a-f]{6})/gu;

function escape(character: string): string {
  return mark + (character.codePointAt(0) ?? 0).toString(16).padStart(6, "0");
}

function unescape(_: string, hex: string): string {
  return String.fromCodePoint(Number.parseInt(hex, 16));
}

/** Ways to write all or nothing. */
export interface Transactions {
  /** `transaction` of a store. */
  transaction<Result>(run: () => Result): Result;
  /** For the writes of one function of a store: inside a transaction they are part of it, without a savepoint of their own. */
  together(run: () => void): void;
}

/** Creates the transactions of a database: the outermost one is SQLite's, those inside it are savepoints. */
export function createTransactions(database: DatabaseSync): Transactions {
  const [begin, commit, rollback] = statements(database, ["BEGIN", "COMMIT", "ROLLBACK"]);
  const [save, release, undo] = statements(database, ["SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"]);
  let depth = 0;
  let failure: unknown;

  const undoOutermost = (): void => {
    if (database.isTransaction) rollback();
  };
  // When the disk is full, SQLite undoes the whole transaction by itself. Then there is no savepoint to go back to, and later writes would
  // be permanent, so there must be none.
  const checkIsRunning = (): void => {
    if (database.isTransaction) return;
    const why = failure instanceof Error ? failure.message : "an earlier write in it failed";
    throw new Error(`SQLite has undone the whole transaction: ${why}`, { cause: failure });
  };
  const undoInner = (): void => {
    if (!database.isTransaction) return;
    undo();
    release();
  };

  const transaction = <Result>(run: () => Result): Result => {
    const isOutermost = depth === 0;
    if (isOutermost) {
      failure = undefined;
      begin();
    } else {
      checkIsRunning();
      save();
    }
    depth++;
    try {
      const result = run();
      checkIsRunning();
      if (isOutermost) commit();
      else release();
      return result;
    } catch (error) {
      if (!database.isTransaction) failure ??= error;
      if (isOutermost) undoOutermost();
      else undoInner();
      throw error;
    } finally {
      depth--;
    }
  };
  return { transaction, together: (run) => (depth > 0 ? run() : transaction(run)) };
}

function statements(
  database: DatabaseSync,
  sql: readonly [string, string, string],
): [run: () => void, run: () => void, run: () => void] {
  const [first, second, third] = sql.map((text) => database.prepare(text));
  return [() => void first?.run(), () => void second?.run(), () => void third?.run()];
}
