import { show } from "@contact-groups/core/check";
import type { Listener, ListenLimits, TlsOptions } from "@contact-groups/core/node-http";
import type { OnError } from "./callbacks.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import type { Wait } from "./fetch.ts";
import type { CallRecord, OnCall } from "./journal.ts";
import type { EmulatorApp } from "./request.ts";
import type { SeedDocument } from "./seed.ts";
import type { GivenSettings, Settings } from "./settings.ts";
import type { TextPieces } from "./state/state-text.ts";
import type { Store } from "./store/store.ts";

export type { Listener, TlsOptions } from "@contact-groups/core/node-http";

/**
 * What an emulator and each of its apps have: a state, a clock, settings, faults and a journal. Those of an emulator are about all of its
 * apps.
 */
export interface Emulated {
  /**
   * Adds to the state, all or nothing.
   *
   * @throws A `DocumentError` that names the place of the first invalid value.
   */
  seed(document: SeedDocument): void;
  /**
   * Restores the first state, and clears the calls, the counted rate and the setting of the clock. Faults stay; their counters and random
   * sequences start again. Settings that were changed stay.
   */
  reset(): void;
  /** Returns the whole state as a document for `restore`, `seed` and `JSON.stringify`. */
  snapshot(): SeedDocument;
  /**
   * Replaces the whole state, all or nothing.
   *
   * @throws A `DocumentError` that names the place of the first invalid value.
   */
  restore(document: SeedDocument): void;
  /**
   * Returns the whole state as lines of JSON (NDJSON), for a state of any size: other calls are handled meanwhile. Each line is an entry of
   * `apps` with some of its users, and ends with a line break. Each user is as it is at the moment of its line.
   *
   * @example
   * ```ts
   * import { writeFile } from "node:fs/promises";
   *
   * await writeFile("state.ndjson", emulator.snapshotLines());
   * ```
   */
  snapshotLines(): AsyncIterable<string>;
  /**
   * Adds lines of `snapshotLines` to the state, each of them all or nothing. Other calls are handled meanwhile.
   *
   * @param text The lines, in pieces of any size.
   * @throws A `DocumentError` that names the first invalid line and the place in it, and says how many lines were added before.
   */
  seedLines(text: TextPieces): Promise<void>;
  /**
   * Replaces the whole state with lines of `snapshotLines`, all or nothing, at the moment at which the promise resolves. Until then, other
   * calls are handled from the state before.
   *
   * @param text The lines, in pieces of any size.
   * @throws A `DocumentError` that names the first invalid line and the place in it.
   * @example
   * ```ts
   * import { createReadStream } from "node:fs";
   *
   * await emulator.restoreLines(createReadStream("state.ndjson"));
   * ```
   */
  restoreLines(text: TextPieces): Promise<void>;
  /** The time of `Timestamp`, `Date`, UserSigs and the rate limit. */
  readonly clock: EmulatorClock;
  /** The last calls, the oldest first. */
  readonly calls: readonly CallRecord[];
  /** The settings with their defaults. */
  readonly settings: Settings;
  /**
   * Changes settings, from the next call on. A setting that is omitted stays as it is. `"strict"` stands for `strictSettings`.
   *
   * @throws A `TypeError` that names the first unknown setting or invalid value.
   * @example
   * ```ts
   * emulator.changeSettings({ existingName: "error" });
   * ```
   */
  changeSettings(settings: GivenSettings): void;
  /** Errors that are injected on purpose. */
  readonly faults: Faults;
}

/**
 * An app of an emulator, by itself: no other app sees its state, clock, settings, faults and calls. An entry of a seed without `sdkAppId` is
 * of this app; one of another app is an error.
 *
 * Its clock shows the emulator's time until it is set. Its faults are triggered before those of the emulator.
 */
export interface EmulatedApp extends Emulated {
  /** SDKAppID. */
  readonly sdkAppId: number;
}

/**
 * An emulator. Its members `seed`, `reset`, `snapshot` and `restore` are about all apps at once, `clock`, `calls` and `faults` are those of
 * the emulator as a whole, and `settings` are those of an app without its own. `changeSettings` changes those of every app. `app` returns the
 * same members for one app.
 */
export interface Emulator extends Emulated {
  /**
   * Responds to a request without a socket: give it as `fetch` to a client.
   *
   * @throws Only the reason of a signal that is aborted, or the `TypeError` of a connection that a fault breaks.
   */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /**
   * Serves the emulator over HTTP or HTTPS. It needs Node.js. A listener does not keep its process alive: a script that only listens ends, and
   * so does a test that fails before `close()`. `npx @contact-groups/emulator` runs until it is stopped.
   *
   * @throws The error of Node.js when it cannot listen, a `TypeError` for an invalid `tls`, and an `Error` outside Node.js.
   */
  listen(options?: ListenOptions): Promise<Listener>;
  /** The apps, in the order in which they were added. */
  readonly apps: readonly EmulatedApp[];
  /**
   * Returns an app, which no other app sees: give each test worker one of its own, and the tests cannot disturb each other. An SDKAppID that
   * the emulator does not have yet is added. Options always add an app. Without an argument, an app with an SDKAppID that is free is added.
   *
   * @param app The SDKAppID, or an app that is to be added.
   * @throws A `TypeError` that names the first invalid value, such as an SDKAppID that is not free, and a `DocumentError` for an invalid seed.
   * @example
   * ```ts
   * const app = emulator.app();
   * app.seed({ apps: [{ accounts: ["user_0001"] }] });
   * const client = createClient({
   *   fetch: emulator.fetch,
   *   baseUrl: "http://emulator.test",
   *   sdkAppId: app.sdkAppId,
   *   identifier: "administrator",
   *   userSig: "any-text",
   * });
   * ```
   */
  app(app?: number | Partial<EmulatorApp>): EmulatedApp;
  /**
   * Deletes an app with its state. Its calls then fail as those of an unknown app do, also those that came before. What would write the state
   * of the app that was returned for it throws an `Error`, also an import that runs. Returns whether there was one.
   *
   * @throws A `RangeError` for the only app.
   */
  removeApp(sdkAppId: number): boolean;
  /** Stops all listeners and closes the store. */
  close(): Promise<void>;
  /** Calls `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where an emulator listens. */
export interface ListenOptions {
  /**
   * TCP port; 0 selects a free one.
   *
   * @default 0
   */
  readonly port?: number | undefined;
  /**
   * Name or address to listen at. `127.0.0.1` is reachable only from this machine.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string | undefined;
  /**
   * Certificate and private key in PEM, to serve HTTPS instead of HTTP. The key has no passphrase.
   *
   * @default undefined, which serves HTTP
   * @example
   * ```ts
   * const tls = { cert: readFileSync("cert.pem"), key: readFileSync("key.pem") };
   * const { url } = await emulator.listen({ port: 4020, tls });
   * ```
   */
  readonly tls?: TlsOptions | undefined;
  /**
   * Called when a client tries HTTPS at a listener without `tls`. Such a client reports only that the handshake failed.
   *
   * @default undefined
   */
  readonly onTlsClient?: (() => void) | undefined;
  /**
   * Host names under which the control API can be reached, in addition to addresses, `localhost` and `host`. A page could make any other
   * name point to this machine.
   *
   * @default []
   */
  readonly controlHosts?: readonly string[] | undefined;
  /**
   * Origins whose pages can use the control API, such as `http://localhost:4321`, in addition to the emulator's own page, the inspector.
   *
   * @default []
   */
  readonly controlOrigins?: readonly string[] | undefined;
  /**
   * Token that a request to the control API must have: `Authorization: Bearer`, then the token. `/health` needs none.
   *
   * @default undefined, no token
   */
  readonly controlToken?: string | undefined;
  /**
   * What one client can use of the listener: times, sizes and connections.
   *
   * @default Limits under which no client can block another.
   */
  readonly limits?: Partial<ListenLimits> | undefined;
}

/** Options of `createEmulator`. All can be omitted. */
export interface EmulatorOptions {
  /**
   * The apps. The first one is the app of a seed that names none. `emulator.app` adds others.
   *
   * @default [{ sdkAppId: 1400000000 }]
   */
  readonly apps?: readonly EmulatorApp[] | undefined;
  /**
   * What the documents leave open, for all apps; see `FIDELITY.md`. `"strict"` stands for `strictSettings`.
   *
   * @default defaultSettings
   */
  readonly settings?: GivenSettings | undefined;
  /**
   * The state at the beginning, and after `reset`. Each entry must be of one of the apps.
   *
   * @default undefined, an empty state
   */
  readonly seed?: SeedDocument | undefined;
  /**
   * Whether an app of which the store holds anything stays as it is. The seed is then used only by `reset`.
   *
   * @default false
   */
  readonly keepState?: boolean | undefined;
  /**
   * Returns the time in milliseconds since the epoch, up to the end of the year 9999. When it fails, its last time is used, and `onError` is
   * called. `emulator.clock` can be set as well.
   *
   * @default Date.now
   */
  readonly now?: (() => number) | undefined;
  /**
   * Returns the ID of a new conversation group. It must be above the highest one that the user ever had, which is the argument.
   *
   * @default (last) => last + 1
   */
  readonly nextGroupId?: ((last: number) => number) | undefined;
  /**
   * Where the state is kept. `emulator.close()` closes it.
   *
   * @default createMemoryStore()
   */
  readonly store?: Store | undefined;
  /**
   * Largest request body in bytes that is read.
   *
   * @default 1048576
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Number of calls that `emulator.calls` keeps, and the `calls` of each app; 0 keeps none.
   *
   * @default 1000
   */
  readonly callsKept?: number | undefined;
  /**
   * Called with each call after its response was created. What it throws goes to `onError`; the response stays the same.
   *
   * @default undefined
   */
  readonly onCall?: OnCall | undefined;
  /**
   * Called with what `now`, `nextGroupId`, `onCall` or `wait` threw, or with what the promise of one was rejected with, and the option's
   * name.
   *
   * @default Prints it with `console.error`.
   * @example
   * ```ts
   * const emulator = createEmulator({ onCall: check, onError: (error) => failures.push(error) });
   * ```
   */
  readonly onError?: OnError | undefined;
  /**
   * Whether the control API is disabled except for `/health`, and the inspector, for an emulator that untrusted clients can reach.
   *
   * @default false
   */
  readonly public?: boolean | undefined;
  /**
   * How `fetch` waits for a fault. When it fails, the response is sent at once.
   *
   * @default A timer.
   */
  readonly wait?: Wait | undefined;
}

/** The default of `maxBodyBytes`. */
export const defaultMaxBodyBytes: number = 1024 * 1024;

/** What follows from the options for apps and sizes. */
interface CheckedOptions {
  readonly apps: readonly EmulatorApp[];
  /** The first app. */
  readonly sdkAppId: number;
  readonly maxBodyBytes: number;
  readonly callsKept: number;
}

/** Fills in the defaults. Throws a `TypeError` that names the first invalid option. */
export function checkOptions(options: EmulatorOptions): CheckedOptions {
  const { apps = [{ sdkAppId: 1400000000 }], maxBodyBytes = defaultMaxBodyBytes, callsKept = 1000 } = options;
  const [first] = apps;
  if (!first) throw new TypeError("apps must have at least one app.");
  for (const [name, value, least] of [
    ["maxBodyBytes", maxBodyBytes, 1],
    ["callsKept", callsKept, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new TypeError(`${name} must be an integer of at least ${least}, but is ${show(value)}.`);
  }
  return { apps, sdkAppId: first.sdkAppId, maxBodyBytes, callsKept };
}
