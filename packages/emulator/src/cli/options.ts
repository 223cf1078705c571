import { isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { show } from "@contact-groups/core/check";
import type { EmulatorOptions } from "../emulator.ts";
import { type Preset, type PresetName, presets } from "../presets.ts";
import type { EmulatorApp } from "../request.ts";
import { firstSeed, type SeedDocument } from "../seed.ts";
import { type RateLimit, type Settings, strictSettings } from "../settings.ts";
import { defaultDatabase, readJson, readSecretKey, toSdkAppId, UsageError } from "./values.ts";

/** An app of the command line or of `--config`. */
export interface ServedApp extends EmulatorApp {
  /** Environment variable that its key was read from. */
  readonly secretKeyEnv?: string | undefined;
}

/** Collects `--app`, and the options that belong to each. */
interface AppList {
  readonly list: readonly ServedApp[];
  app(sdkAppId: string): void;
  secretKeyEnv(name: string): void;
  admin(userId: string): void;
}

/** Creates an empty list of apps. */
export function collectApps(): AppList {
  const list: ServedApp[] = [];
  const change = (option: string, by: (app: ServedApp) => Partial<ServedApp>): void => {
    const app = list.pop();
    if (!app) throw new UsageError(`${option} belongs to the --app before it: give --app SDKAPPID first.`);
    list.push({ ...app, ...by(app) });
  };

  return {
    list,
    app: (sdkAppId) => void list.push({ sdkAppId: toSdkAppId(sdkAppId) }),
    secretKeyEnv: (name) =>
      change("--secret-key-env", () => ({
        secretKey: readSecretKey(name, "--secret-key-env"),
        secretKeyEnv: name,
      })),
    admin: (userId) => change("--admin", ({ admins = [] }) => ({ admins: [...admins, userId] })),
  };
}

/** Collects `--set name=value`. The values are checked when the emulator is created. */
interface SettingList {
  readonly values: Partial<Settings>;
  set(text: string): void;
}

/** Creates an empty list of settings. */
export function collectSettings(): SettingList {
  const values: Record<string, unknown> = {};
  return {
    values,
    set(text) {
      const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError("--set must be name=value, such as pageSize=50. The command rules prints all names.");
      values[name] = toValue(name, value);
    },
  };
}

function toValue(name: string, text: string): unknown {
  const [, calls, seconds] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (name === ("rateLimit" satisfies keyof Settings) && calls !== undefined)
    return { calls: Number(calls), seconds: Number(seconds) } satisfies RateLimit;
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** The content of `--config`. Settings and seed are checked when the emulator is created. */
interface Config {
  readonly apps: readonly ServedApp[];
  readonly settings: Partial<Settings>;
  readonly seed: SeedDocument | undefined;
}

/**
 * Reads `{ apps: [{ sdkAppId, secretKeyEnv, admins }], settings, seed }`. `settings` is an object or `strict`; `seed` is a document, or the path
 * of a file, relative to this one.
 */
function readConfig(file: string): Config {
  const place = `--config ${file}`;
  const { apps = [], settings, seed } = readConfigFile(file);
  if (!Array.isArray(apps)) throw new UsageError(`${place}: /apps must be an array, but is ${show(apps, false)}.`);
  return {
    apps: apps.map((app, index) => toApp(app, `${place}: /apps/${index}`)),
    settings: toConfigSettings(settings, `${place}: `),
    seed: (typeof seed === "string" ? readJson(resolve(dirname(file), seed), "seed") : seed) as
      | SeedDocument
      | undefined,
  };
}

function readConfigFile(file: string): Record<string, unknown> {
  return record(readJson(file, "--config"), `--config ${file}`, ["apps", "settings", "seed"]);
}

function toConfigSettings(settings: unknown = {}, place: string): Partial<Settings> {
  if (settings === "strict") return strictSettings;
  return record(settings, `${place}/settings`, undefined, 'an object or "strict"') as Partial<Settings>;
}

function toApp(value: unknown, place: string): ServedApp {
  const { sdkAppId, secretKeyEnv, admins, settings, seed } = record(value, place, [
    "sdkAppId",
    "secretKeyEnv",
    "admins",
    "settings",
    "seed",
  ]);
  if (typeof sdkAppId !== "number")
    throw new UsageError(`${place}/sdkAppId must be a number, but is ${show(sdkAppId, false)}.`);
  if (secretKeyEnv !== undefined && typeof secretKeyEnv !== "string")
    throw new UsageError(`${place}/secretKeyEnv must be a string.`);
  if (admins !== undefined && !(Array.isArray(admins) && admins.every((admin) => typeof admin === "string")))
    throw new UsageError(`${place}/admins must be an array of UserIDs, but is ${show(admins, false)}.`);
  return {
    sdkAppId,
    ...(secretKeyEnv !== undefined && {
      secretKey: readSecretKey(secretKeyEnv, `${place}/secretKeyEnv`),
      secretKeyEnv,
    }),
    ...(admins && { admins }),
    ...(settings !== undefined && { settings: toConfigSettings(settings, place) }),
    ...(seed !== undefined && { seed: seed as SeedDocument }),
  };
}

/** Returns a value that must be an object with no other names than these. */
function record(
  value: unknown,
  place: string,
  names?: readonly string[],
  expected = "an object",
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${place} must be ${expected}, but is ${show(value, false)}.`);
  const unknown = names && Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return value as Record<string, unknown>;
  const hint = unknown === "secretKey" ? " Give the name of an environment variable as secretKeyEnv instead." : "";
  throw new UsageError(
    `${place} must not have the field ${JSON.stringify(unknown.slice(0, 64))}. Its fields can be ${names?.join(", ")}.${hint}`,
  );
}

/** The options of the settings, as the command line gives them. */
export interface SettingOptions {
  readonly config?: string;
  /** Those of `--set`, which take precedence over `--strict`. */
  readonly settings: Partial<Settings>;
  readonly strict?: boolean;
  /** False with `--no-rate-limit`. */
  readonly rateLimit?: boolean;
}

/** The options of `rules`. */
export interface RulesOptions extends SettingOptions {
  readonly url?: string;
  readonly app?: string;
  readonly controlTokenEnv?: string;
  readonly json?: boolean;
}

/** Throws a `UsageError` for options of `rules` that exclude or need each other. */
export function checkRulesOptions({ url, app, controlTokenEnv, config, ...changes }: RulesOptions): void {
  if (url === undefined) {
    if (controlTokenEnv !== undefined)
      throw new UsageError("--control-token-env belongs to --url: give the address of a running emulator.");
    if (app !== undefined && config === undefined)
      throw new UsageError("--app belongs to --url or --config: give where the settings of the app are.");
    return;
  }
  const own =
    (config !== undefined && "--config") ||
    (Object.keys(changes.settings).length > 0 && "--set") ||
    (changes.strict && "--strict") ||
    (changes.rateLimit === false && "--no-rate-limit");
  if (own) throw new UsageError(`--url reads the settings of a running emulator, so ${own} has no effect: omit one.`);
}

/**
 * Returns the settings that options change. The command line takes precedence over `--config`, and the own settings of an app there over both. Only
 * the settings of the file are read.
 */
export function settingsOf({ config, app, ...options }: RulesOptions): Partial<Settings> {
  if (config === undefined) return mergeSettings({}, options);
  const place = `--config ${config}`;
  const { settings, apps } = readConfigFile(config);
  const common = mergeSettings(toConfigSettings(settings, `${place}: `), options);
  return app === undefined ? common : { ...common, ...settingsOfApp(toSdkAppId(app), apps, place) };
}

function settingsOfApp(sdkAppId: number, apps: unknown, place: string): Partial<Settings> {
  const index = Array.isArray(apps) ? apps.findIndex((app) => Object(app).sdkAppId === sdkAppId) : -1;
  if (index < 0) throw new UsageError(`${place} has no app ${sdkAppId}.`);
  const { settings } = (apps as readonly { readonly settings?: unknown }[])[index]!;
  return toConfigSettings(settings, `${place}: /apps/${index}`);
}

function mergeSettings(own: Partial<Settings>, { settings, strict, rateLimit }: SettingOptions): Partial<Settings> {
  return { ...own, ...(strict && strictSettings), ...settings, ...(rateLimit === false && { rateLimit: "off" }) };
}

/** The options of a listener, as the command line gives them. */
export interface ListenerOptions {
  readonly port: string;
  readonly host: string;
  readonly https?: boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly httpsHost?: readonly string[];
}

/** The options of `serve`, as the command line gives them. */
export interface ServeOptions extends SettingOptions, ListenerOptions {
  readonly db: string;
  readonly memory?: boolean;
  /** False with `--no-seed`. */
  readonly seed?: string | boolean;
  readonly preset?: string;
  readonly reseed?: boolean;
  readonly apps: readonly ServedApp[];
  readonly public?: boolean;
  readonly controlHost?: readonly string[];
  readonly controlTokenEnv?: string;
  readonly controlOrigin?: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const noConfig: Config = { apps: [], settings: {}, seed: undefined };

/** Returns the options of the emulator, except for its store. The command line takes precedence over `--config`, and both over `--preset`. */
export function toEmulatorOptions(options: ServeOptions): EmulatorOptions {
  const config = options.config === undefined ? noConfig : readConfig(options.config);
  const apps = [...config.apps, ...options.apps];
  const preset = choosePreset(options);
  const seed = chooseSeed(options, preset?.seed, config.seed);
  return {
    ...(apps.length > 0 && { apps }),
    settings: mergeSettings({ ...preset?.settings, ...config.settings }, options),
    ...(seed && { seed }),
    keepState: true,
  };
}

function choosePreset({ preset: name, seed }: ServeOptions): Preset | undefined {
  if (name === undefined) return undefined;
  if (seed !== undefined && seed !== true)
    throw new UsageError("--preset and --seed both set the first state: give only one of them.");
  if (Object.hasOwn(presets, name)) return presets[name as PresetName]();
  throw new UsageError(`--preset must be one of ${Object.keys(presets).join(", ")}, but is ${show(name)}.`);
}

function chooseSeed(
  { seed }: ServeOptions,
  fromPreset: SeedDocument | undefined,
  fromConfig: SeedDocument | undefined,
): SeedDocument | undefined {
  if (fromPreset || seed === false) return fromPreset;
  if (typeof seed === "string") return readJson(seed, "--seed") as SeedDocument;
  return fromConfig ?? firstSeed;
}

/** Throws a `UsageError` for options that exclude or need each other, and for an invalid host or origin. */
export function checkServeOptions(options: ServeOptions): void {
  const { memory, db, controlHost = [], controlOrigin = [] } = options;
  if (memory && db !== defaultDatabase)
    throw new UsageError("--memory and --db both say where the state is kept: give only one of them.");
  checkHttpsOptions(options);
  for (const host of controlHost)
    if (!isHostName(host))
      throw new UsageError(`--control-host must be the name of a host, but is ${JSON.stringify(host.slice(0, 60))}.`);
  for (const origin of controlOrigin)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new UsageError(
        `--control-origin must be an origin such as http://localhost:3000, but is ${JSON.stringify(origin.slice(0, 60))}.`,
      );
}

/** Throws a `UsageError` for options of HTTPS that do not belong together. */
export function checkHttpsOptions({ https, cert, key, httpsHost = [] }: ListenerOptions): void {
  const given = [cert && "--cert", key && "--key", httpsHost[0] && "--https-host"].find(Boolean);
  if (!https && given) throw new UsageError(`${given} belongs to --https: give --https as well.`);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError("--cert and --key belong together: give both, or none for a certificate that is created.");
  if (cert !== undefined && httpsHost.length > 0)
    throw new UsageError("--https-host is for a certificate that is created: give it or --cert, not both.");
  for (const host of httpsHost)
    if (isIP(host) === 0 && !isHostName(host))
      throw new UsageError(
        `--https-host must be the name or the address of a host, but is ${JSON.stringify(host.slice(0, 60))}.`,
      );
}

function isHostName(text: string): boolean {
  return URL.canParse(`http://${text}`) && new URL(`http://${text}`).hostname === text.toLowerCase();
}
