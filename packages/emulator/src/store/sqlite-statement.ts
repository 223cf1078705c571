import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { prepareArrays } from "./sqlite-node-22.ts";

/** A prepared statement with the types of its rows, which TypeScript cannot know from SQL. */
interface Statement<Row extends readonly unknown[], Values extends readonly SQLInputValue[]> {
  get(...values: Values): Row | undefined;
  all(...values: Values): readonly Row[];
  run(...values: Values): void;
}

type Explain = (error: unknown) => Error;
const explainers = new WeakMap<DatabaseSync, Explain>();

/** Sets what becomes of the errors of a database's statements, which name neither the file nor what to do. */
export function explainErrors(database: DatabaseSync, explain: Explain): void {
  explainers.set(database, explain);
}

/** Prepares a statement, once for the life of the database. Rows are arrays, which the bindings create faster than objects. */
export function prepare<Values extends readonly SQLInputValue[], Row extends readonly unknown[] = []>(
  database: DatabaseSync,
  sql: string,
): Statement<Row, Values> {
  const statement = prepareArrays(database, sql);
  const { get, all, run } = statement as unknown as Statement<Row, Values>;
  const explained = <Result>(method: (...values: Values) => Result): ((...values: Values) => Result) => {
    const call = method.bind(statement);
    return (...values) => {
      try {
        return call(...values);
      } catch (error) {
        throw explainers.get(database)?.(error) ?? error;
      }
    };
  };
  return { get: explained(get), all: explained(all), run: explained(run) };
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
  /** Called when the outermost transaction has written something and is to be committed. When it throws, all is undone. */
  readonly onWritten?: () => void;
  /** Called when the outermost transaction was committed. */
  readonly onCommit?: () => void;
  /** Called when the writes of a transaction were undone, the outermost one or one inside it. */
  readonly onUndo?: () => void;
}

/** Creates the transactions of a database: the outermost one is SQLite's, those inside it are savepoints. */
export function createTransactions(
  database: DatabaseSync,
  { onWritten, onCommit, onUndo }: TransactionHooks = {},
): Transactions {
  const [begin, commit, rollback] = statements(database, ["BEGIN", "COMMIT", "ROLLBACK"]);
  const [save, release, undo] = statements(database, ["SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"]);
  const totalChanges = prepare<[], [rows: number]>(database, "SELECT total_changes()");
  const countChanges = (): number => totalChanges.get()?.[0] ?? 0;
  let changesBefore = 0;
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
      changesBefore = countChanges();
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
        if (countChanges() !== changesBefore) onWritten?.();
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
  const [first, second, third] = sql.map((text) => prepare<[]>(database, text));
  return [() => first?.run(), () => second?.run(), () => third?.run()];
}
