import { createHttpDate, sleep, systemClock } from "@contact-groups/core/clock";
import { createReport, settle } from "./callbacks.ts";
import { createApps, freeSdkAppId } from "./apps.ts";
import type { FirstLines } from "./live-app.ts";
import { createClock } from "./clock.ts";
import { type ControlApi, createControl, maxControlBodyBytes } from "./control/control.ts";
import type { Scope } from "./control/handlers.ts";
import { type Core, createCore } from "./core.ts";
import { checkOptions, type Emulator, type EmulatorOptions, type Listener } from "./emulator.ts";
import { createFaults } from "./faults.ts";
import {
  controlResponse,
  preflightHeaders,
  readBody,
  readPieces,
  readRequest,
  send,
  targetOf,
  toResponse,
  type Wait,
} from "./fetch.ts";
import { controlBase } from "./generated/control.ts";
import { createJournal } from "./journal.ts";
import { isInspectorTarget } from "./request.ts";
import { seedStore, type SeedDocument, takeSnapshot } from "./seed.ts";
import { toSettings } from "./settings.ts";
import { isSmall, type SeedPart } from "./state/seed-parts.ts";
import { createWholeState, textMembers } from "./state/whole-state.ts";
import { createMemoryState } from "./store/memory.ts";
import { fromStore, type StoreTransactions } from "./store/store.ts";

/** The parts of an emulator that its adapters use. */
interface EmulatorParts {
  readonly core: Core;
  readonly control: ControlApi;
  readonly whole: Scope;
}

const partsOfAll = new WeakMap<Emulator, EmulatorParts>();

/** Returns the parts of an emulator, for tests and benchmarks that use no adapter. */
export function partsOf(emulator: Emulator): EmulatorParts {
  return partsOfAll.get(emulator)!;
}

/**
 * Creates an emulator. It needs no socket: give its `fetch` to a client. It runs in Node.js, in a browser page and in a worker.
 *
 * @param options Apps, settings, seed, clock and store. All can be omitted.
 * @throws A `TypeError` that names the first invalid option, and a `DocumentError` for an invalid seed.
 * @example
 * ```ts
 * import { createClient } from "@contact-groups/client";
 * import { createEmulator } from "@contact-groups/emulator";
 *
 * const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001", "user_0002"] }] } });
 * const client = createClient({
 *   fetch: emulator.fetch,
 *   baseUrl: "http://emulator.test",
 *   sdkAppId: 1400000000,
 *   identifier: "administrator",
 *   userSig: "any-text",
 * });
 * await client.createContactGroup({
 *   From_Account: "user_0001",
 *   GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user_0002" }] }],
 * });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return createEmulatorOf(options);
}

/** What the command has in addition to the options. */
interface CommandParts {
  /** Reads the first state as lines for each `resetLater`, which also has to be called at the beginning. */
  readonly firstLines?: FirstLines | undefined;
  /** Called when all listeners are closed, and the store is not. */
  readonly onStopped?: () => Promise<void>;
}

/** Creates the emulator of the command. */
export function createEmulatorOf(options: EmulatorOptions, { firstLines, onStopped }: CommandParts = {}): Emulator {
  const { apps: configs, maxBodyBytes, callsKept } = checkOptions(options);
  const {
    seed,
    now = systemClock.now,
    nextGroupId = (last) => last + 1,
    wait: waitFor = (milliseconds, signal) => sleep(systemClock, milliseconds, signal),
  } = options;
  const store = options.store ? fromStore(options.store) : createMemoryState();
  let settings = toSettings(options.settings);
  const report = createReport(options.onError);
  const clock = createClock(now, report);
  const date = createHttpDate(clock);
  const nextId = (last: number): number => {
    const id = nextGroupId(last);
    settle(id, (error) => report("nextGroupId", error));
    return id;
  };
  const wait: Wait = async (milliseconds, signal) => {
    try {
      await waitFor(milliseconds, signal);
    } catch (error) {
      signal.throwIfAborted();
      report("wait", error);
    }
  };
  const journal = createJournal(callsKept, options.onCall, report);
  const faults = createFaults();
  const apps = createApps(configs, {
    store,
    settings: () => settings,
    seed,
    keepState: options.keepState === true,
    isOwnStore: !options.store,
    callsKept,
    now: clock.now,
    firstLines,
  });
  const core = createCore({ apps, store, now: clock.now, nextGroupId: nextId, journal, faults });
  const listeners = new Set<Listener>();
  const ids = (): readonly number[] => apps.list().map(({ sdkAppId }) => sdkAppId);
  const add = (document: SeedDocument, to: StoreTransactions): void =>
    seedStore(document, to, { sdkAppId: apps.first.sdkAppId, now: clock.now(), apps: ids() });

  const state = createWholeState({
    store,
    apps: ids,
    defaults: () => ({ sdkAppId: apps.first.sdkAppId, now: clock.now(), apps: ids() }),
  });
  const forget = (): void => {
    clock.reset();
    journal.clear();
    faults.reset();
  };
  const forgetAll = (): void => {
    forget();
    for (const app of apps.list()) app.forget();
  };
  const reset = (): void => {
    for (const app of apps.list()) app.reset();
    forget();
  };
  const firstParts = function* (): Generator<SeedPart, void> {
    for (const app of apps.list()) yield* app.firstParts();
  };

  const whole: Scope = {
    seed: (document) => add(document, store),
    reset,
    async resetLater() {
      if (firstLines) return state.replace(apps.partsOfLines(firstLines()), forgetAll);
      if (isSmall(firstParts())) return reset();
      return state.replace(firstParts(), forgetAll);
    },
    state,
    ...textMembers(state),
    snapshot: () => takeSnapshot(store, ids()),
    restore: (document) =>
      store.transaction((writer) => {
        for (const sdkAppId of ids()) writer.clear(sdkAppId);
        add(document, writer);
      }),
    clock,
    get calls() {
      return journal.list();
    },
    get settings() {
      return settings;
    },
    changeSettings(given) {
      settings = toSettings(given, settings);
      for (const app of apps.list()) app.changeSettings(given);
    },
    faults,
    journal,
  };
  const control = createControl({ apps, whole, store, isPublic: options.public === true });
  const parts = { core, control, whole };
  const respondToControl = async (request: Request): Promise<Response | undefined> => {
    const [method, target] = [request.method, targetOf(request)];
    if (!control.handles(target)) return undefined;
    const takesPieces = control.takesPieces(method, target);
    const body = takesPieces ? readPieces(request) : await readBody(request, maxControlBodyBytes);
    const [contentType, accept] = ["Content-Type", "Accept"].map((name) => request.headers.get(name) ?? undefined);
    const response = await control.respond({ method, target, body, contentType, accept });
    return response && controlResponse(response, date());
  };

  const close = async (): Promise<void> => {
    await Promise.all([...listeners].map((listener) => listener.close()));
    try {
      await onStopped?.();
    } finally {
      store.close();
    }
  };

  const emulator: Emulator = {
    ...whole,
    // Spreading reads a getter only once.
    get calls() {
      return journal.list();
    },
    get settings() {
      return settings;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const { signal } = request;
      signal.throwIfAborted();
      if (request.method === "OPTIONS")
        return new Response(null, { status: 204, headers: { ...preflightHeaders, Date: date() } });
      const target = targetOf(request);
      if (isInspectorTarget(target) && control.handles(`${controlBase}/`)) {
        const { inspectorResponse } = await import("./inspector/files.ts");
        const file = inspectorResponse(request.method, target);
        if (file) return toResponse(file, date);
      }
      const controlled = await respondToControl(request);
      if (controlled) return controlled;
      const raw = await readRequest(request, maxBodyBytes);
      const prepared = await core.prepare(raw);
      signal.throwIfAborted();
      return send(core.respond(prepared), { signal, wait, date: prepared.app?.date ?? date });
    },
    async listen(listenOptions) {
      // A bundler for pages puts an empty module in its place.
      const { listen }: Partial<typeof import("./listen.ts")> = await import("./listen.ts");
      if (!listen) throw new Error("listen needs Node.js. In a page or a worker, use fetch instead.");
      const listener = await listen({ ...parts, clock }, { maxBodyBytes, ...listenOptions });
      listeners.add(listener);
      return listener;
    },
    get apps() {
      return apps.list();
    },
    app(given = {}) {
      if (typeof given === "number") return apps.find(given) ?? apps.add({ sdkAppId: given });
      return apps.add({ ...given, sdkAppId: given.sdkAppId ?? freeSdkAppId(apps) });
    },
    removeApp: (sdkAppId) => apps.remove(sdkAppId),
    close,
    [Symbol.asyncDispose]: close,
  };
  partsOfAll.set(emulator, parts);
  return emulator;
}
