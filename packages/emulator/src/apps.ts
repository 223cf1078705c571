/** The apps of an emulator. Each has a state, a clock, settings, faults and a journal of its own, so that tests and teams do not see each other. */
import { show } from "@contact-groups/core/check";
import { createLiveApp, type LiveApp, type LiveAppParts, partsOfApps } from "./live-app.ts";
import type { EmulatorApp } from "./request.ts";
import { checkSeed } from "./seed.ts";
import type { SeedPart } from "./state/seed-parts.ts";
import type { Line } from "./state/state-text.ts";
import { isVisible } from "./terminal.ts";

/** The apps of an emulator. */
export interface AppRegistry {
  /** The app of everything that names none. */
  readonly first: LiveApp;
  /** In the order in which they were added. */
  list(): readonly LiveApp[];
  find(sdkAppId: number): LiveApp | undefined;
  /** Adds an app and seeds it. Throws a `TypeError` or a `DocumentError` that names the first invalid value. */
  add(app: EmulatorApp): LiveApp;
  /** Deletes an app with its state. Returns whether there was one. Throws a `RangeError` for the last one. */
  remove(sdkAppId: number): boolean;
  /** Returns the first state of all apps, in which lines take the place of the emulator's seed. */
  partsOfLines(lines: AsyncIterable<Line>): AsyncIterable<SeedPart>;
}

/** Creates a registry of apps, and seeds them all or none. */
export function createApps(configs: readonly EmulatorApp[], parts: LiveAppParts): AppRegistry {
  const { store } = parts;
  const apps = new Map<number, LiveApp>();
  const first = configs[0]?.sdkAppId ?? 0;
  const isPresent = (app: LiveApp): boolean => apps.get(app.sdkAppId) === app;
  const addAll = (added: readonly EmulatorApp[]): readonly LiveApp[] => {
    const created = added.map((config) => createLiveApp(config, first, isPresent, parts));
    for (const app of created) apps.set(app.sdkAppId, app);
    const kept = new Set(parts.keepState ? store.apps() : []);
    try {
      store.transaction((writer) => {
        for (const app of created) if (!kept.has(app.sdkAppId)) app.seedFirst(writer);
      });
    } catch (error) {
      for (const { sdkAppId } of created) apps.delete(sdkAppId);
      throw error;
    }
    for (const app of created) app.noteState();
    return created;
  };

  for (const [index, config] of configs.entries()) checkApp(config, `apps[${index}].`, configs.slice(0, index));
  const configured = configs.map(({ sdkAppId }) => sdkAppId);
  // Later on, some of these apps may have been removed.
  if (parts.seed) checkSeed(parts.seed, { sdkAppId: first, apps: configured });
  addAll(configs);
  return {
    get first() {
      return apps.values().next().value!;
    },
    list: () => [...apps.values()],
    find: (sdkAppId) => apps.get(sdkAppId),
    add(config) {
      checkApp(config, "", [...apps.values()]);
      return addAll([config])[0]!;
    },
    remove(sdkAppId) {
      if (!apps.has(sdkAppId)) return false;
      if (apps.size === 1) throw new RangeError(`The app ${sdkAppId} is the only one, so it cannot be removed.`);
      store.transaction((writer) => writer.clear(sdkAppId));
      return apps.delete(sdkAppId);
    },
    async *partsOfLines(lines) {
      // An entry of an app that was never there is reported when it is checked.
      yield* partsOfApps(lines, first, (sdkAppId) => apps.has(sdkAppId) || !configured.includes(sdkAppId));
      for (const app of apps.values()) yield* app.firstParts();
    },
  };
}

/** Returns the lowest SDKAppID above those of all apps. */
export function freeSdkAppId(apps: Pick<AppRegistry, "list">): number {
  return Math.max(...apps.list().map(({ sdkAppId }) => sdkAppId)) + 1;
}

/** Throws a `TypeError` that names the first invalid value of an app, and shows no key. */
function checkApp(
  { sdkAppId, secretKey, admins = [] }: EmulatorApp,
  place: string,
  others: readonly Pick<EmulatorApp, "sdkAppId">[],
): void {
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new TypeError(`${place}sdkAppId must be a positive integer, but is ${show(sdkAppId, false)}.`);
  const earlier = others.findIndex((app) => app.sdkAppId === sdkAppId);
  if (earlier >= 0)
    throw new TypeError(`${place}sdkAppId must be unique, but apps[${earlier}] has ${sdkAppId} as well.`);
  if (secretKey !== undefined && (typeof secretKey !== "string" || secretKey === ""))
    throw new TypeError(`${place}secretKey must be a non-empty string.`);
  if (!admins.every((admin) => typeof admin === "string" && admin !== "" && isVisible(admin)))
    throw new TypeError(`${place}admins must be UserIDs that are not empty and have no control or format characters.`);
}
