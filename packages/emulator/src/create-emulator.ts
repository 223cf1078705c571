import { sleep, systemClock } from "@contact-groups/core/clock";
import { createHttpDate } from "@contact-groups/core/http-date";
import { createJournal } from "./calls.ts";
import { createClock } from "./clock.ts";
import { maxControlBodyBytes, type ControlAnswer } from "./control/control.ts";
import { createControl } from "./control/create-control.ts";
import { isControlTarget } from "./control/route.ts";
import { createCore } from "./core/core.ts";
import type { Emulator, Listener } from "./emulator.ts";
import { checkOptions, type EmulatorOptions } from "./emulator-options.ts";
import { createFaults } from "./faults/create-faults.ts";
import { deliver, type Wait } from "./fetch-deliver.ts";
import { preflight, readRequest } from "./fetch-face.ts";
import { createReport, settle } from "./report.ts";
import type { SeedDocument } from "./seed-document.ts";
import { plant } from "./seed.ts";
import { toSettings } from "./settings.ts";
import { takeSnapshot } from "./snapshot.ts";
import { createMemoryStore } from "./store/memory.ts";

/**
 * Makes an emulator. It needs no socket: a client takes its `fetch`. It runs in Node, in a browser page and in a worker.
 *
 * @param options Apps, settings, seed, clock and store; all can be left out. Throws a `TypeError` that names what is wrong.
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
  const { apps, sdkAppId, maxBodyBytes, callsKept } = checkOptions(options);
  const {
    seed,
    now = systemClock.now,
    nextGroupId = (last) => last + 1,
    store = createMemoryStore(),
    wait: waitFor = (milliseconds, signal) => sleep(systemClock, milliseconds, signal),
  } = options;
  const settings = toSettings(options.settings);
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
  const core = createCore({ apps, settings, store, now: clock.now, nextGroupId: nextId, journal, faults });
  const listeners = new Set<Listener>();
  const sow = (document: SeedDocument, at: number): void => plant(document, store, { sdkAppId, now: at });
  const replace = (document: SeedDocument | undefined, at: number): void =>
    store.transaction(() => {
      store.clear();
      if (document) sow(document, at);
    });
  const madeAt = clock.now();
  const isKept = options.keepState === true && store.apps().length > 0;
  if (seed && !isKept) sow(seed, madeAt);
  // A store that was given may have held more than the seed.
  const goBack = options.store ? undefined : store.checkpoint?.();

  const state = {
    seed: (document: SeedDocument): void => sow(document, clock.now()),
    reset(): void {
      clock.reset();
      journal.clear();
      faults.reset();
      core.reset();
      if (goBack) goBack();
      else replace(seed, madeAt);
    },
    snapshot: (): SeedDocument => takeSnapshot(store),
    restore: (document: SeedDocument): void => replace(document, clock.now()),
  };
  const control = options.public
    ? undefined
    : createControl({ ...state, apps: apps.length, sdkAppId, store, clock, journal, faults });
  const limitOf = (target: string): number => (control && isControlTarget(target) ? maxControlBodyBytes : maxBodyBytes);

  const close = async (): Promise<void> => {
    await Promise.all([...listeners].map((listener) => listener.close()));
    store.close();
  };

  const emulator: Emulator = {
    ...state,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { signal } = request;
      signal.throwIfAborted();
      if (request.method === "OPTIONS") return preflight(date());
      const raw = await readRequest(request, limitOf);
      const contentType = request.headers.get("Content-Type") ?? undefined;
      const controlled = control?.answer({ ...raw, contentType });
      if (controlled) return toResponse(controlled, date());
      const call = await core.prepare(raw);
      signal.throwIfAborted();
      return deliver(core.answer(call), { signal, wait, date });
    },
    async listen(listenOptions) {
      // A bundler for pages puts an empty module in its place.
      const { listen }: Partial<typeof import("./node.ts")> = await import("./node.ts");
      if (!listen) throw new Error("listen needs Node: a page can only use fetch.");
      const listener = await listen(emulator, { maxBodyBytes, ...listenOptions });
      listeners.add(listener);
      return listener;
    },
    clock,
    get calls() {
      return journal.list();
    },
    settings,
    faults,
    core,
    control,
    close,
    [Symbol.asyncDispose]: close,
  };
  return emulator;
}

function toResponse({ status, contentType, body }: ControlAnswer, date: string): Response {
  return new Response(body === "" ? null : body, { status, headers: { "Content-Type": contentType, Date: date } });
}
