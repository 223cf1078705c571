import { compareKeyTexts } from "./key-text.ts";

/** Keys that were added since the list was sorted, at most, before it is sorted again. */
const mostAdded = 1000;

/** A map that returns its keys in order, page by page. Its keys are sorted once, at the first page; after that, only new ones are. */
export class OrderedMap<Value> extends Map<string, Value> {
  /** Also has keys that were removed. */
  #sorted: readonly string[] | undefined;
  /** Keys that were set since, and can be in `#sorted` as well. */
  #added: string[] = [];

  /** Returns a map with the same entries. */
  copy(copyValue: (value: Value) => Value = (value) => value): OrderedMap<Value> {
    const copied = new OrderedMap<Value>();
    for (const [key, value] of this) copied.set(key, copyValue(value));
    return copied;
  }

  override set(key: string, value: Value): this {
    if (this.#sorted && !this.has(key)) this.#added.push(key);
    return super.set(key, value);
  }

  /** Returns at most `limit` keys behind another one, or the first ones, whose value is listed. */
  page(after: string | undefined, limit: number, isListed: (value: Value) => boolean = () => true): readonly string[] {
    const [sorted, added] = this.#keys();
    const found: string[] = [];
    let [left, right] = [indexBehind(sorted, after), indexBehind(added, after)];
    let last = after;
    while (found.length < limit && (left < sorted.length || right < added.length)) {
      const isLeft =
        right >= added.length || (left < sorted.length && compareKeyTexts(sorted[left]!, added[right]!) < 0);
      const key = isLeft ? sorted[left++]! : added[right++]!;
      if (key !== last && this.has(key) && isListed(this.get(key)!)) found.push(key);
      last = key;
    }
    return found;
  }

  #keys(): readonly [sorted: readonly string[], added: readonly string[]] {
    if (!this.#sorted || this.#added.length > mostAdded) {
      this.#sorted = [...this.keys()].toSorted(compareKeyTexts);
      this.#added = [];
    }
    this.#added.sort(compareKeyTexts);
    return [this.#sorted, this.#added];
  }
}

/** Returns the index of the first key behind another one. */
function indexBehind(keys: readonly string[], after: string | undefined): number {
  if (after === undefined) return 0;
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeyTexts(keys[middle]!, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
