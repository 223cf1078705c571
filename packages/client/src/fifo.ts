/** A queue whose first item is taken in constant time, on average, however long it is. */
export interface Fifo<Item> {
  push(item: Item): void;
  first(): Item | undefined;
  shift(): Item | undefined;
}

/** Creates an empty queue. */
export function createFifo<Item>(): Fifo<Item> {
  let items: Item[] = [];
  let head = 0;
  return {
    push: (item) => items.push(item),
    first: () => items[head],
    shift() {
      if (head === items.length) return undefined;
      const item = items[head++];
      if (head > 99 && head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
