/** Writes to collections in memory that can be taken back. */
export interface UndoLog {
  /** Runs all or nothing; inside of another one it is a savepoint. */
  transaction<Result>(run: () => Result): Result;
  setEntry<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void;
  deleteEntry<Key, Value>(map: Map<Key, Value>, key: Key): void;
  add<Value>(set: Set<Value>, value: Value): void;
  remove<Value>(set: Set<Value>, value: Value): void;
  /** Notes how to take a write back that was just made. */
  note(takeBack: () => void): void;
}

/** Makes a log that is empty whenever no transaction runs. */
export function createUndoLog(): UndoLog {
  const notes: (() => void)[] = [];
  let depth = 0;
  const note = (takeBack: () => void): void => {
    if (depth > 0) notes.push(takeBack);
  };

  return {
    transaction(run) {
      const mark = notes.length;
      depth++;
      try {
        return run();
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
    },
    deleteEntry(map, key) {
      const before = map.get(key);
      if (map.delete(key) && before !== undefined) note(() => void map.set(key, before));
    },
    add(set, value) {
      if (set.has(value)) return;
      set.add(value);
      note(() => void set.delete(value));
    },
    remove(set, value) {
      if (set.delete(value)) note(() => void set.add(value));
    },
    note,
  };
}
