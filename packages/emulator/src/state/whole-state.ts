/** What is done with the state of apps as a whole, in slices: other calls are handled meanwhile, and the memory that it takes is bounded. */
import { DocumentError } from "../document.ts";
import type { Emulated } from "../emulator.ts";
import type { SeedDefaults } from "../seed.ts";
import type { StateStore, StoreDraft, StoreTransactions } from "../store/store.ts";
import { addPart, checkPart, isSmall, type SeedPart, splitApp } from "./seed-parts.ts";
import { createSlices } from "./slices.ts";
import { type Line, parseLine, readLines, stateLines } from "./state-text.ts";

/** Parts of a new state. */
export type SeedParts = Iterable<SeedPart> | AsyncIterable<SeedPart>;

/** The state of apps as a whole. */
export interface WholeState {
  /** Writes the state as lines, each of which is an entry of `apps` and ends with a line break. */
  lines(): AsyncGenerator<string, void>;
  /**
   * Adds parts. When one of them is invalid, or cannot be added to the present state, nothing is added. Only a call that changes the same
   * user meanwhile can still lead to an error in the middle, which says how much was added.
   *
   * @param parts Returns the parts, any number of times.
   */
  add(parts: () => Iterable<SeedPart>): Promise<void>;
  /** Adds lines, each of them all or nothing. An error says which line it was, and how many were added before. */
  addLines(lines: AsyncIterable<Line>): Promise<void>;
  /**
   * Replaces the state, all or nothing.
   *
   * @param onReplace Called at the moment at which the state was replaced.
   */
  replace(parts: SeedParts, onReplace?: () => void): Promise<void>;
}

/** Whose state it is. */
interface WholeStateParts {
  readonly store: StateStore;
  /** Returns the apps; omitted for all that the store has. */
  readonly apps?: () => readonly number[];
  /** Returns what an entry can omit. */
  readonly defaults: () => SeedDefaults;
}

/** Lines after which memory is given back. */
const releasedAfter = 100;

/** Creates the work with the state of apps. */
export function createWholeState({ store, apps, defaults }: WholeStateParts): WholeState {
  const later: StoreTransactions = { transaction: (run) => store.transactionLater(run) };
  /** Returns a function that returns the apps that there are at its call, but always the same time. */
  const begin = (): (() => SeedDefaults) => {
    const { now } = defaults();
    return () => ({ ...defaults(), now });
  };
  return {
    async *lines() {
      const slices = createSlices();
      let read = 0;
      try {
        for (const line of stateLines(store, apps?.())) {
          if (line !== "") yield line;
          if (++read % releasedAfter === 0) store.release?.();
          await slices.pause();
        }
      } finally {
        store.release?.();
      }
    },
    async add(parts) {
      const given = begin();
      if (isSmall(parts())) return addTogether([...parts()], store, given());
      const slices = createSlices();
      const users = new Set<string>();
      let isRepeated = false;
      for (const part of parts()) {
        checkPart(part, given());
        const { sdkAppId = given().sdkAppId, users: added = [] } = part.app;
        for (const { userId } of added) {
          const key = `${sdkAppId} ${userId}`;
          isRepeated ||= users.has(key);
          users.add(key);
        }
        await slices.pause();
      }
      // Two entries of a user can conflict with each other, which shows only when both are added.
      if (isRepeated) return addTogether([...parts()], store, given());
      for (const part of parts()) {
        tryPart(part, store, given());
        await slices.pause();
      }
      let added = 0;
      try {
        for (const part of parts()) {
          addTogether([part], later, given());
          added++;
          await slices.pause();
        }
        store.flush();
      } catch (error) {
        throw withAdded(error, `${added} parts`);
      }
    },
    async addLines(lines) {
      const given = begin();
      const slices = createSlices();
      let added = 0;
      try {
        for await (const line of lines) {
          addTogether([...partsOfLine(line)], later, given());
          added++;
          await slices.pause();
        }
        store.flush();
      } catch (error) {
        throw withAdded(error, `${added} lines`);
      }
    },
    async replace(parts, onReplace) {
      const replaced = apps?.();
      const given = defaults();
      const slices = createSlices();
      const draft = store.draft();
      try {
        for await (const part of parts) {
          checkPart(part, given);
          addPart(part, draft, given);
          await slices.pause();
        }
        use(draft, replaced, onReplace);
      } catch (error) {
        draft.drop();
        throw error;
      }
    },
  };

  /** Replaces the state of the apps that are still there. */
  function use(draft: StoreDraft, replaced: readonly number[] | undefined, onReplace?: () => void): void {
    const present = new Set(apps?.());
    store.transaction(() => draft.use(replaced?.filter((sdkAppId) => present.has(sdkAppId))));
    // Only now is it certain. No other call runs in between.
    onReplace?.();
  }
}

/** Checks and adds parts in one transaction. */
function addTogether(parts: readonly SeedPart[], store: StoreTransactions, defaults: SeedDefaults): void {
  for (const part of parts) checkPart(part, defaults);
  store.transaction((writer) => {
    for (const part of parts) addPart(part, writer, defaults);
  });
}

/** Ends a transaction of which nothing is to stay. */
const undone = new Error("undone");

/** Throws when a part cannot be added to the present state, which stays as it is. */
function tryPart(part: SeedPart, store: StateStore, defaults: SeedDefaults): void {
  try {
    store.transaction((writer) => {
      addPart(part, writer, defaults);
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
}

/** Says in an error how much was added before it. */
function withAdded(error: unknown, added: string): unknown {
  if (!(error instanceof Error) || added.startsWith("0 ")) return error;
  const message = `${error.message} The first ${added} were added.`;
  return error instanceof DocumentError
    ? new DocumentError(error.pointer, message)
    : new Error(message, { cause: error });
}

/** Returns the parts of lines. */
export async function* partsOfLines(lines: AsyncIterable<Line>): AsyncGenerator<SeedPart, void> {
  for await (const line of lines) yield* partsOfLine(line);
}

function partsOfLine(line: Line): Iterable<SeedPart> {
  return splitApp(parseLine(line), "", `Line ${line.number}: `);
}

/** Returns the members of an emulator and of an app that read and write the state as text. */
export function textMembers(state: WholeState): Pick<Emulated, "snapshotLines" | "seedLines" | "restoreLines"> {
  return {
    snapshotLines: () => state.lines(),
    seedLines: (text) => state.addLines(readLines(text)),
    restoreLines: (text) => state.replace(partsOfLines(readLines(text))),
  };
}
