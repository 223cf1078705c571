/** Writes to collections in memory that can be undone. */
interface UndoLog {
  /** Runs all or nothing, with what it hands out; inside another transaction it is a savepoint. */
  transaction<Writer, Result>(run: (writer: Writer) => Result, writer: Writer): Result;
  /** Sets an entry, and returns its value. */
  setEntry<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value;
  deleteEntry<Key, Value>(map: Map<Key, Value>, key: Key): void;
  /** Notes how to undo the write that was just made. */
  note(undoWrite: () => void): void;
}

/** Creates a log that is empty whenever no transaction runs. */
export function createUndoLog(): UndoLog {
  const notes: (() => void)[] = [];
  let depth = 0;
  const note = (undoWrite: () => void): void => {
    if (depth > 0) notes.push(undoWrite);
  };

  return {
    transaction(run, writer) {
      const mark = notes.length;
      depth++;
      try {
        return run(writer);
      } catch (error) {
        while (notes.length > mark) notes.pop()?.();
        throw error;
      } finally {
        depth--;
        if (depth === 0) notes.length = 0;
      }
    },
    setEntry(map, key, value) {
      const before = map.get(key);
      map.set(key, value);
      note(() => void (before === undefined ? map.delete(key) : map.set(key, before)));
      return value;
    },
    deleteEntry(map, key) {
      const before = map.get(key);
      if (map.delete(key) && before !== undefined) note(() => void map.set(key, before));
    },
    note,
  };
}
