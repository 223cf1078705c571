/** A map that keeps the last used entries. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** Makes a map of at most `size` entries. */
export function createRecent<Value>(size: number): Recent<Value> {
  const entries = new Map<string, Value>();

  return {
    get(key) {
      const value = entries.get(key);
      // A map lists its keys by age, so what was used is put in anew; in a map with room to spare age does not matter.
      if (value !== undefined && entries.size > size / 2) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= size) return;
        entries.delete(oldest);
      }
    },
  };
}
