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

/** Ways to write all or nothing. */
export interface Transactions {
  /** `transaction` of a store. */
  transaction<Result>(run: () => Result): Result;
  /** For the writes of one function of a store: inside a transaction they are part of it, without a savepoint of their own. */
  together(run: () => void): void;
}

/** Called at the end of transactions. */
interface TransactionHooks {
  /** Called when the outermost transaction was committed. */
  readonly onCommit?: () => void;
  /** Called when the writes of a transaction were undone, the outermost one or one inside it. */
  readonly onUndo?: () => void;
}

/** Creates the transactions of a database: the outermost one is SQLite's, those inside it are savepoints. */
export function createTransactions(database: DatabaseSync, { onCommit, onUndo }: TransactionHooks = {}): Transactions {
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
      if (isOutermost) {
        commit();
        onCommit?.();
      } else release();
      return result;
    } catch (error) {
      if (!database.isTransaction) failure ??= error;
      if (isOutermost) undoOutermost();
      else undoInner();
      onUndo?.();
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
