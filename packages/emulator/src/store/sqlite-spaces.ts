import type { DatabaseSync } from "node:sqlite";
import { tables } from "./sqlite-schema.ts";
import { prepare, type Transactions } from "./sqlite-statement.ts";
import type { StoreDraft, StoreWriter } from "./store.ts";

/**
 * The spaces of a database: every row belongs to one, and the state of an app is one. A state is replaced by writing another space and
 * then assigning it to the app, at once. The rows of a space without an app are deleted later.
 */
export interface Spaces {
  /** Returns the space of an app to read from; one without rows when the app has none. */
  toRead(sdkAppId: number): number;
  /** Returns the space of an app to write to. */
  toWrite(sdkAppId: number): number;
  /** Returns the apps that have a space, ascending. */
  apps(): readonly number[];
  clear(sdkAppId?: number): void;
  draft(transaction: StoreWriter["transaction"]): StoreDraft;
  /** Deletes some rows of spaces without an app. Returns whether there may be more. */
  sweep(): boolean;
  /** Returns whether no space can have such rows. */
  isSwept(): boolean;
  /** To be called when a transaction was committed. */
  settle(): void;
  /** Reads again which spaces the apps have. To be called when writes were undone. */
  reload(): void;
}

/** It has no rows. */
const noSpace = 0;

/** Rows that a sweep deletes at once, which takes a few milliseconds. */
const sweptRows = 500;

/** Creates the spaces of a database. */
export function createSpaces(database: DatabaseSync, together: Transactions["together"]): Spaces {
  const all = prepare<[], [space: number, app: number | null]>(database, "SELECT space, app FROM space");
  const insert = prepare<[space: number, app: number | null]>(database, "INSERT OR IGNORE INTO space VALUES (?, ?)");
  const assign = prepare<[app: number | null, space: number]>(database, "UPDATE space SET app = ? WHERE space = ?");
  const forget = prepare<[space: number]>(database, "DELETE FROM space WHERE space = ?");
  const deleteSome = prepareDeletes(database);

  const live = new Map<number, number>();
  /** Spaces whose rows are to be deleted, unless an app or a draft has them again. */
  const left = new Set<number>();
  const drafts = new Set<ReadonlyMap<number, number>>();
  /** The spaces that are read and written: the live ones, except in a transaction of a draft. */
  let current = live;
  /** Whether the transaction has changed which spaces there are. */
  let isChanged = false;
  let lastSpace = noSpace;
  const load = (): void => {
    live.clear();
    for (const [space, app] of all.all()) {
      lastSpace = Math.max(lastSpace, space);
      if (app === null) left.add(space);
      else live.set(app, space);
    }
  };
  load();

  const add = (sdkAppId: number): number => {
    const space = ++lastSpace;
    isChanged = true;
    current.set(sdkAppId, space);
    insert.run(space, current === live ? sdkAppId : null);
    return space;
  };
  const use = (spaces: ReadonlyMap<number, number>, apps: Iterable<number>): void =>
    together(() => {
      isChanged = true;
      for (const app of apps) {
        const [before, after] = [live.get(app), spaces.get(app)];
        live.delete(app);
        if (before !== undefined) {
          assign.run(null, before);
          left.add(before);
        }
        if (after === undefined) continue;
        assign.run(app, after);
        live.set(app, after);
      }
    });

  return {
    toRead: (sdkAppId) => current.get(sdkAppId) ?? noSpace,
    toWrite: (sdkAppId) => current.get(sdkAppId) ?? add(sdkAppId),
    apps: () => [...current.keys()].toSorted((a, b) => a - b),
    clear(sdkAppId) {
      if (current !== live) throw new Error("A draft cannot be cleared: drop it instead.");
      use(new Map(), sdkAppId === undefined ? [...live.keys()] : [sdkAppId]);
    },
    draft(transaction) {
      const spaces = new Map<number, number>();
      drafts.add(spaces);
      const end = (): void => {
        drafts.delete(spaces);
        for (const space of spaces.values()) left.add(space);
      };
      return {
        transaction(run) {
          const before = current;
          current = spaces;
          try {
            return transaction(run);
          } finally {
            current = before;
          }
        },
        use(sdkAppIds) {
          use(spaces, sdkAppIds ?? new Set([...live.keys(), ...spaces.keys()]));
          end();
        },
        drop: end,
      };
    },
    sweep() {
      const kept = new Set([live, ...drafts].flatMap((spaces) => [...spaces.values()]));
      for (const space of left) {
        if (!kept.has(space)) {
          if (deleteSome(space)) return true;
          forget.run(space);
        }
        left.delete(space);
      }
      return false;
    },
    isSwept: () => left.size === 0,
    settle: () => void (isChanged = false),
    reload() {
      if (!isChanged) return;
      load();
      if (current !== live) for (const space of current.values()) insert.run(space, null);
      isChanged = database.isTransaction;
    },
  };
}

/** Returns a function that deletes some rows of a space, and returns whether there were any. */
function prepareDeletes(database: DatabaseSync): (space: number) => boolean {
  const deletes = tables.map(({ name, key }) => {
    const [first, nth] = [0, sweptRows].map((offset) =>
      prepare<[space: number], [1]>(database, `SELECT 1 FROM ${name} WHERE space = ? LIMIT 1 OFFSET ${offset}`),
    );
    const ofSpace = `DELETE FROM ${name} WHERE space = ?1`;
    const some = prepare<[space: number]>(
      database,
      `${ofSpace} AND (${key}) <= (SELECT ${key} FROM ${name} WHERE space = ?1 ORDER BY ${key} LIMIT 1 OFFSET ${sweptRows})`,
    );
    return { first: first!, nth: nth!, some, rest: prepare<[space: number]>(database, ofSpace) };
  });
  return (space) => {
    const found = deletes.find(({ first }) => first.get(space));
    if (!found) return false;
    (found.nth.get(space) ? found.some : found.rest).run(space);
    return true;
  };
}
