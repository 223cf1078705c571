/** An app whose whole state is replaced again and again, next to the apps that are written to. */
import { createEmulator, type Emulator, presets, type SeedDocument } from "../../src/index.ts";
import type { StateStore } from "../../src/store/store.ts";
import { takeSnapshot } from "../../src/seed.ts";
import { sdkAppIds } from "../model/names.ts";
import { control } from "./control.ts";
import { options } from "./options.ts";

const sdkAppId = 30000001;

/** What changes the state: in the process that is killed, and in an emulator in memory. */
interface Change {
  inProcess(url: string): Promise<unknown>;
  inMemory(emulator: Emulator): void;
}

/** A state of an app in which each user says which number it has. */
function documentOf(number: number, users: number): SeedDocument {
  const of = Array.from({ length: users }, (_, index) => ({
    userId: `user_${index}`,
    groups: [{ name: `state ${number}` }],
    conversations: [{ Type: 1 as const, To_Account: `peer_${number}`, groups: [`state ${number}`] }],
  }));
  return { apps: [{ sdkAppId, accounts: [`account_${number}`], chatGroups: [{ id: `@TGS#${number}` }], users: of }] };
}

/** An addition that no state has yet, and that is small enough to be added at once. */
function additionOf(number: number): SeedDocument {
  const [app] = documentOf(number, 80).apps;
  return {
    apps: [{ ...app!, users: app!.users!.map((user) => ({ ...user, userId: `${user.userId} of ${number}` })) }],
  };
}

const seed = documentOf(0, 100);
const app = { sdkAppId, seed };
const query = `sdkAppId=${sdkAppId}`;

/** All ways to change a whole state. */
const changes: readonly ((number: number) => Change)[] = [
  (number) => ({
    inProcess: (url) => control(url, "PUT", `state?${query}`, documentOf(number, 1500)),
    inMemory: (emulator) => emulator.app(sdkAppId).restore(documentOf(number, 1500)),
  }),
  (number) => ({
    inProcess: (url) => control(url, "POST", `seed?${query}`, additionOf(number)),
    inMemory: (emulator) => emulator.app(sdkAppId).seed(additionOf(number)),
  }),
  () => ({
    inProcess: (url) => control(url, "POST", `reset?${query}`),
    inMemory: (emulator) => emulator.app(sdkAppId).reset(),
  }),
  () => ({
    inProcess: (url) => control(url, "PUT", `presets/full-user?${query}`),
    inMemory: (emulator) => emulator.app(sdkAppId).restore(presets["full-user"]().seed),
  }),
  () => ({
    inProcess: (url) => control(url, "DELETE", `apps/${sdkAppId}`),
    inMemory: (emulator) => emulator.removeApp(sdkAppId),
  }),
];
const addition: Change = {
  inProcess: (url) => control(url, "POST", "apps", app),
  inMemory: (emulator) => emulator.app(app),
};

/** What is known of the app: its state is the one after the last change that was acknowledged, or after the one behind it. */
export class ReplacedApp {
  #expected: readonly string[] = [nothing];
  #changes = 0;
  acknowledged = 0;

  /** Adds the app and replaces its state until the process is killed. */
  async changeUntilKilled(url: string): Promise<void> {
    const [before = nothing] = this.#expected;
    const emulator = createEmulator({ ...options, apps: [{ sdkAppId: sdkAppIds[0] }] });
    // A state that the file has takes precedence over the seed of the app.
    emulator.app(app);
    if (before !== nothing) emulator.app(sdkAppId).restore(JSON.parse(before) as SeedDocument);
    await this.#change(url, { ...addition, inMemory: () => undefined }, emulator);
    for (;;) {
      const change = changes[this.#changes++ % changes.length]!(this.#changes);
      await this.#change(url, change, emulator);
      if (!emulator.apps.some((it) => it.sdkAppId === sdkAppId)) await this.#change(url, addition, emulator);
    }
  }

  async #change(url: string, { inProcess, inMemory }: Change, emulator: Emulator): Promise<void> {
    const [before = nothing] = this.#expected;
    inMemory(emulator);
    const after = JSON.stringify(
      emulator.apps.some((it) => it.sdkAppId === sdkAppId) ? emulator.app(sdkAppId).snapshot() : { apps: [] },
    );
    this.#expected = [before, after];
    await inProcess(url);
    this.#expected = [after];
    this.acknowledged++;
  }

  /** Compares the state in a file. */
  check(store: StateStore): readonly string[] {
    const state = JSON.stringify(takeSnapshot(store, [sdkAppId]));
    const isExpected = this.#expected.includes(state);
    this.#expected = [state];
    return isExpected ? [] : [`${sdkAppId} has neither its old state nor its new one: ${state.slice(0, 1000)}`];
  }
}

const nothing = JSON.stringify({ apps: [] });
