import { isIP } from "node:net";
import { show } from "@contact-groups/core/check";
import type { EmulatorOptions } from "../emulator.ts";
import { type Preset, type PresetName, presets } from "../presets.ts";
import { firstSeed, type SeedDocument } from "../seed.ts";
import type { RateLimit, Settings } from "../settings.ts";
import { mergeSettings, readConfig, type ServedApp, type SettingOptions } from "./config.ts";
import { checkWritable, isLinesFile } from "./state-io.ts";
import { verifyPreset } from "./verify-preset.ts";
import { defaultDatabase, readJson, readSecretKey, toSdkAppId, UsageError } from "./values.ts";

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
  readonly dbWait?: string;
  readonly exportOnExit?: string;
  readonly memory?: boolean;
  /** False with `--no-seed`. */
  readonly seed?: string | boolean;
  readonly preset?: string;
  readonly accountsFile?: string;
  readonly reseed?: boolean;
  readonly apps: readonly ServedApp[];
  readonly public?: boolean;
  readonly controlHost?: readonly string[];
  readonly controlTokenEnv?: string;
  readonly controlOrigin?: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Returns the options of the emulator, except for its store. The command line takes precedence over `--config`, and both over `--preset`. */
export function toEmulatorOptions(options: ServeOptions): EmulatorOptions {
  const config = readConfig(options.config);
  const apps = [...config.apps, ...options.apps];
  const preset = choosePreset(options);
  const seed = chooseSeed(options, preset?.seed, config.seed);
  return {
    ...(apps.length > 0 ? { apps } : preset?.apps && { apps: preset.apps }),
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
  // Lines are read when they are needed.
  if (typeof seed === "string") return isLinesFile(seed) ? undefined : (readJson(seed, "--seed") as SeedDocument);
  return fromConfig ?? firstSeed;
}

/** Throws a `UsageError` for options that exclude or need each other, and for an invalid host or origin. */
export function checkServeOptions(options: ServeOptions): void {
  const { memory, db, exportOnExit, controlHost = [], controlOrigin = [] } = options;
  if (memory && db !== defaultDatabase)
    throw new UsageError("--memory and --db both say where the state is kept: give only one of them.");
  checkHttpsOptions(options);
  if (options.accountsFile !== undefined && options.preset !== verifyPreset)
    throw new UsageError("--accounts-file belongs to --preset verify: give both.");
  if (exportOnExit !== undefined) checkWritable(exportOnExit, "--export-on-exit");
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
