import type { DatabaseSync } from "node:sqlite";

/** Ways to make writes happen all or not at all. */
export interface Transactions {
  /** `transaction` of a store. */
  transaction<Result>(run: () => Result): Result;
  /** For the writes of one function of a store: inside of a transaction they are part of it, without a savepoint of their own. */
  together(run: () => void): void;
}

/** Makes the transactions of a database: the outermost one is SQLite's, those inside of it are savepoints. */
export function createTransactions(database: DatabaseSync): Transactions {
  const [begin, commit, rollback] = statements(database, ["BEGIN", "COMMIT", "ROLLBACK"]);
  const [save, release, undo] = statements(database, ["SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"]);
  let depth = 0;
  let failure: unknown;

  const undoOutermost = (): void => {
    if (database.isTransaction) rollback();
  };
  // When the disk is full, SQLite undoes the whole transaction by itself. There is no savepoint to go back to, and what came next would
  // be written for good, so nothing may come next.
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

type Run = () => void;

function statements(database: DatabaseSync, sql: readonly [string, string, string]): [Run, Run, Run] {
  const [first, second, third] = sql.map((text) => database.prepare(text));
  return [() => void first?.run(), () => void second?.run(), () => void third?.run()];
}
