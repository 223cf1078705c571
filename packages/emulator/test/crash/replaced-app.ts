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
  /** Whether a kill can leave a part of it: a large seed adds one item after the other. */
  readonly isInParts?: boolean;
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

/** An addition that no state has yet. */
function additionOf(number: number, users: number): SeedDocument {
  const [app] = documentOf(number, users).apps;
  return {
    apps: [{ ...app!, users: app!.users!.map((user) => ({ ...user, userId: `${user.userId} of ${number}` })) }],
  };
}

/** Lines, each with one user. */
function linesOf({ apps }: SeedDocument): string {
  const lines = apps.flatMap((entry) => [
    { ...entry, users: [] },
    ...(entry.users ?? []).map((user) => ({ sdkAppId: entry.sdkAppId, users: [user] })),
  ]);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
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
    inProcess: (url) => control(url, "POST", `seed?${query}`, additionOf(number, 50)),
    inMemory: (emulator) => emulator.app(sdkAppId).seed(additionOf(number, 50)),
  }),
  (number) => ({
    isInParts: true,
    inProcess: (url) => control(url, "POST", `seed?${query}`, additionOf(number, 1500)),
    inMemory: (emulator) => emulator.app(sdkAppId).seed(additionOf(number, 1500)),
  }),
  () => ({
    inProcess: (url) => control(url, "POST", `reset?${query}`),
    inMemory: (emulator) => emulator.app(sdkAppId).reset(),
  }),
  (number) => ({
    inProcess: (url) => control(url, "PUT", `state?${query}`, linesOf(documentOf(number, 1500))),
    inMemory: (emulator) => emulator.app(sdkAppId).restore(documentOf(number, 1500)),
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

const nothing: SeedDocument = { apps: [] };

/** What is known of the app: its state is the one after the last change that was acknowledged, or after the one behind it. */
export class ReplacedApp {
  #before = nothing;
  #after = nothing;
  #isInParts = false;
  #changes = 0;
  acknowledged = 0;

  /** Adds the app and replaces its state until the process is killed. */
  async changeUntilKilled(url: string): Promise<void> {
    const emulator = createEmulator({ ...options, apps: [{ sdkAppId: sdkAppIds[0] }] });
    // A state that the file has takes precedence over the seed of the app.
    emulator.app(app);
    if (this.#after.apps.length > 0) emulator.app(sdkAppId).restore(this.#after);
    await this.#change(url, { ...addition, inMemory: () => undefined }, emulator);
    for (;;) {
      const change = changes[this.#changes++ % changes.length]!(this.#changes);
      await this.#change(url, change, emulator);
      if (!hasApp(emulator)) await this.#change(url, addition, emulator);
    }
  }

  async #change(url: string, { inProcess, inMemory, isInParts = false }: Change, emulator: Emulator): Promise<void> {
    inMemory(emulator);
    this.#after = hasApp(emulator) ? emulator.app(sdkAppId).snapshot() : nothing;
    this.#isInParts = isInParts;
    await inProcess(url);
    this.#before = this.#after;
    this.acknowledged++;
  }

  /** Compares the state in a file. */
  check(store: StateStore): readonly string[] {
    const state = takeSnapshot(store, [sdkAppId]);
    const [before, after] = [this.#before, this.#after];
    const isOneOf = [before, after].some((expected) => JSON.stringify(expected) === JSON.stringify(state));
    const isExpected = isOneOf || (this.#isInParts && isBetween(state, before, after));
    this.#before = this.#after = state;
    if (isExpected) return [];
    return [`${sdkAppId} has neither its old state nor its new one: ${JSON.stringify(state).slice(0, 1000)}`];
  }
}

function hasApp({ apps }: Emulator): boolean {
  return apps.some((it) => it.sdkAppId === sdkAppId);
}

type Items = ReadonlySet<string>;

/** Whether a state has all of one, and nothing that is not in the other. */
function isBetween(state: SeedDocument, before: SeedDocument, after: SeedDocument): boolean {
  const [least, items, most] = [before, state, after].map(itemsOf) as [Items, Items, Items];
  return [...least].every((item) => items.has(item)) && [...items].every((item) => most.has(item));
}

/** The accounts, chat groups and users of a state, each as text. */
function itemsOf({ apps: [entry] }: SeedDocument): Items {
  const { accounts = [], chatGroups = [], users = [] } = entry ?? {};
  return new Set([...accounts, ...chatGroups, ...users].map((item) => JSON.stringify(item)));
}
