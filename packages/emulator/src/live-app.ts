/** One app of an emulator, with what its calls need. */
import { createHttpDate } from "@contact-groups/core/clock";
import { createClock } from "./clock.ts";
import type { EmulatedApp } from "./emulator.ts";
import { createFaults, type FaultRegistry } from "./faults.ts";
import { type CallJournal, createJournal } from "./journal.ts";
import { type EmulatorApp, defaultAdmins } from "./request.ts";
import { createRateCheck, type RateCheck } from "./request-checks.ts";
import { type SeedApp, type SeedDocument, seedStore, takeSnapshot } from "./seed.ts";
import { type Settings, toSettings } from "./settings.ts";
import { isSmall, type SeedPart, splitDocument } from "./state/seed-parts.ts";
import type { Line } from "./state/state-text.ts";
import { createWholeState, partsOfLines, textMembers, type WholeState } from "./state/whole-state.ts";
import type { StateStore, StoreTransactions, StoreWriter } from "./store/store.ts";
import { createUserSigCheck, type UserSigCheck } from "./user-sig.ts";

/** An app with what its calls need. */
export interface LiveApp extends EmulatedApp {
  readonly secretKey: string | undefined;
  readonly admins: readonly string[];
  readonly journal: CallJournal;
  readonly faults: FaultRegistry;
  /** The calls that count for the rate limit. */
  readonly rate: RateCheck;
  readonly checkUserSig: UserSigCheck;
  /** Returns the app's time as the header `Date` has it. */
  readonly date: () => string;
  /** Adds the first state: the app's entries of the emulator's seed, then its own seed. */
  seedFirst(writer: StoreTransactions): void;
  /** Returns the first state in parts. */
  firstParts(): Iterable<SeedPart>;
  /** The state as a whole. */
  readonly state: WholeState;
  /** As `reset`, in slices. */
  resetLater(): Promise<void>;
  /** Clears the calls, the counted rate and the setting of the clock, and resets the faults. */
  forget(): void;
  /** Notes the state as the one that `reset` restores, when the store can do that. */
  noteState(): void;
}

/** Thrown by what would write the state of an app that was removed. */
export class RemovedAppError extends Error {
  constructor(sdkAppId: number) {
    super(`The app ${sdkAppId} was removed.`);
    this.name = "RemovedAppError";
  }
}

/** What apps share. */
export interface LiveAppParts {
  readonly store: StateStore;
  /** Returns the settings of an app without its own. */
  readonly settings: () => Settings;
  readonly seed: SeedDocument | undefined;
  /** Whether an app of which the store holds anything is not seeded at the beginning. */
  readonly keepState: boolean;
  /** Whether `reset` can go back to the state after the seed, because the store held nothing else. */
  readonly isOwnStore: boolean;
  readonly callsKept: number;
  /** The emulator's time. */
  readonly now: () => number;
  /** Reads the first state as lines, in place of `seed`. */
  readonly firstLines: FirstLines | undefined;
}

/** Reads the first state as lines, any number of times. */
export type FirstLines = () => AsyncIterable<Line>;

/**
 * Creates an app.
 *
 * @param first The app of an entry of the emulator's seed without `sdkAppId`.
 * @param isPresent Whether the emulator still has it.
 */
export function createLiveApp(
  { sdkAppId, secretKey, admins = defaultAdmins, settings: own, seed }: EmulatorApp,
  first: number,
  isPresent: (app: LiveApp) => boolean,
  { store: shared, settings: common, seed: commonSeed, isOwnStore, callsKept, now, firstLines }: LiveAppParts,
): LiveApp {
  let settings = toSettings(own, common());
  let rate = createRateCheck(settings.rateLimit);
  let checkUserSig = createUserSigCheck(settings.userSig);
  // The emulator's clock has reported what its source throws.
  const clock = createClock(now, () => undefined);
  const journal = createJournal(callsKept);
  const faults = createFaults(sdkAppId);
  const createdAt = clock.now();
  const checkPresent = (): void => {
    if (!isPresent(app)) throw new RemovedAppError(sdkAppId);
  };
  // Work in slices, and a test, can still have an app that was removed.
  const store: StateStore = {
    ...shared,
    transaction(run) {
      checkPresent();
      return shared.transaction(run);
    },
    transactionLater(run) {
      checkPresent();
      return shared.transactionLater(run);
    },
  };
  let goBack: (() => void) | undefined;
  const add = (document: SeedDocument, at: number, to: StoreTransactions): void =>
    seedStore(document, to, { sdkAppId, now: at, apps: [sdkAppId] });
  const seedFirst = (writer: StoreTransactions): void => {
    if (commonSeed) seedStore(commonSeed, writer, { sdkAppId: first, now: createdAt, only: sdkAppId });
    if (seed) add(seed, createdAt, writer);
  };
  const ownPart = (part: SeedPart): SeedPart => ({ ...part, app: { ...part.app, sdkAppId }, now: createdAt });
  const firstParts = function* (): Generator<SeedPart, void> {
    for (const part of commonSeed ? splitDocument(commonSeed) : [])
      if ((part.app.sdkAppId ?? first) === sdkAppId) yield ownPart(part);
    for (const part of seed ? splitDocument(seed) : []) yield ownPart(part);
  };
  const withLines = async function* (lines: AsyncIterable<Line>): AsyncGenerator<SeedPart, void> {
    yield* partsOfApps(lines, first, (id) => id === sdkAppId);
    yield* firstParts();
  };
  const replace = (write: (writer: StoreWriter) => void): void =>
    store.transaction((writer) => {
      writer.clear(sdkAppId);
      write(writer);
    });
  const state = createWholeState({
    store,
    apps: () => [sdkAppId],
    defaults: () => ({ sdkAppId, now: clock.now(), apps: [sdkAppId] }),
  });
  const forget = (): void => {
    clock.reset();
    journal.clear();
    faults.reset();
    rate.reset();
  };
  const reset = (): void => {
    checkPresent();
    if (goBack) goBack();
    else replace(seedFirst);
    forget();
  };
  const app: LiveApp = {
    sdkAppId,
    secretKey,
    admins,
    get settings() {
      return settings;
    },
    changeSettings(given) {
      const before = settings;
      settings = toSettings(given, before);
      // What was counted and checked stays valid unless its setting changes.
      if (settings.rateLimit !== before.rateLimit) rate = createRateCheck(settings.rateLimit);
      if (settings.userSig !== before.userSig) checkUserSig = createUserSigCheck(settings.userSig);
    },
    clock,
    date: createHttpDate(clock),
    journal,
    faults,
    get calls() {
      return journal.list();
    },
    get rate() {
      return rate;
    },
    get checkUserSig() {
      return checkUserSig;
    },
    seed: (document) => add(document, clock.now(), store),
    restore: (document) => replace((writer) => add(document, clock.now(), writer)),
    snapshot: () => takeSnapshot(store, [sdkAppId]),
    seedFirst,
    firstParts,
    state,
    forget,
    reset,
    async resetLater() {
      checkPresent();
      if (firstLines) return state.replace(withLines(firstLines()), forget);
      if (isSmall(firstParts())) return reset();
      return state.replace(firstParts(), forget);
    },
    ...textMembers(state),
    noteState() {
      // A store of the options may have held more than the seed.
      if (isOwnStore) goBack = store.checkpoint?.(sdkAppId);
    },
  };
  return app;
}

/** Returns the parts of lines that are of some apps. */
export async function* partsOfApps(
  lines: AsyncIterable<Line>,
  first: number,
  isOf: (sdkAppId: number) => boolean,
): AsyncGenerator<SeedPart, void> {
  for await (const part of partsOfLines(lines)) {
    // What is no object is reported when it is checked.
    const { sdkAppId = first } = Object(part.app) as Partial<SeedApp>;
    if (isOf(sdkAppId)) yield part;
  }
}
