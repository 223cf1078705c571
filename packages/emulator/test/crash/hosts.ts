/** What serves the calls of a sequence. */
import { createEmulator, type SeedDocument } from "../../src/index.ts";
import { seedStore } from "../../src/seed.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { type StateStore, toStore } from "../../src/store/store.ts";
import { sdkAppIds } from "../model/names.ts";
import { control } from "./control.ts";
import { options } from "./options.ts";
import { serveFile } from "./serve-file.ts";

/** What serves the calls. The second app is added while it runs. */
export interface Host {
  readonly url: string;
  /** Kills and restarts the process, unless nothing would be left of the state. */
  restart?(afterMs: number): Promise<string>;
  close(): Promise<void>;
  readonly isFile?: true;
}

/** The stores, each with the state of the beginning. */
export const hosts: Readonly<Record<string, (seed: SeedDocument, path: string) => Promise<Host>>> = {
  memory: async (seed) => {
    const store = createMemoryState();
    begin(store, seed);
    const emulator = createEmulator({ ...options, store: toStore(store) });
    const { url } = await emulator.listen();
    await addSecondApp(url);
    return { url, close: () => emulator.close() };
  },
  "a SQLite file": async (seed, path) => {
    const store = createSqliteState({ path });
    begin(store, seed);
    store.close();
    const serve = async () => {
      const process = await serveFile(path);
      await addSecondApp(process.url);
      return process;
    };
    let server = await serve();
    const kill = async (): Promise<void> => {
      server.kill();
      await server.killed;
    };
    return {
      isFile: true,
      url: server.url,
      async restart(afterMs) {
        // oxlint-disable-next-line no-restricted-globals -- a kill comes at any time
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await kill();
        server = await serve();
        return server.url;
      },
      close: kill,
    };
  },
};

function begin(store: StateStore, seed: SeedDocument): void {
  seedStore(seed, store, { sdkAppId: sdkAppIds[0], now: options.now!() });
}

/** Adds the app again of which the store has the state. */
async function addSecondApp(url: string): Promise<void> {
  await control(url, "POST", "apps", { sdkAppId: sdkAppIds[1] });
}
