import { createJournal } from "./calls.ts";
import { createClock } from "./clock.ts";
import { createCore } from "./core/core.ts";
import type { Emulator, Listener } from "./emulator.ts";
import { checkOptions, type EmulatorOptions } from "./emulator-options.ts";
import { preflight, readRequest, toResponse } from "./fetch-face.ts";
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
  const { seed, now = Date.now, nextGroupId = (last) => last + 1, store = createMemoryStore() } = options;
  const settings = toSettings(options.settings);
  const clock = createClock(now);
  const journal = createJournal(callsKept);
  const core = createCore({ apps, settings, store, now: clock.now, nextGroupId, journal });
  const listeners = new Set<Listener>();
  const sow = (document: SeedDocument, at: number): void => plant(document, store, { sdkAppId, now: at });
  const replace = (document: SeedDocument | undefined, at: number): void =>
    store.transaction(() => {
      store.clear();
      if (document) sow(document, at);
    });
  const madeAt = clock.now();
  if (seed) sow(seed, madeAt);
  // A store that was given may have held more than the seed.
  const goBack = options.store ? undefined : store.checkpoint?.();

  const emulator: Emulator = {
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      if (request.method === "OPTIONS") return preflight();
      const call = await core.prepare(await readRequest(request, maxBodyBytes));
      request.signal.throwIfAborted();
      return toResponse(core.answer(call));
    },
    async listen(listenOptions) {
      // A bundler for pages puts an empty module in its place.
      const { listen }: Partial<typeof import("./node.ts")> = await import("./node.ts");
      if (!listen) throw new Error("listen needs Node: a page can only use fetch.");
      const listener = await listen(emulator, { maxBodyBytes, ...listenOptions });
      listeners.add(listener);
      return listener;
    },
    seed: (document) => sow(document, clock.now()),
    reset() {
      clock.reset();
      journal.clear();
      core.reset();
      if (goBack) goBack();
      else replace(seed, madeAt);
    },
    snapshot: () => takeSnapshot(store),
    restore: (document) => replace(document, clock.now()),
    clock,
    get calls() {
      return journal.list();
    },
    settings,
    core,
    async close() {
      await Promise.all([...listeners].map((listener) => listener.close()));
      store.close();
    },
  };
  return emulator;
}
