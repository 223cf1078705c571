/** The file of `--config`, and the settings that the command line and the file give together. */
import { dirname, resolve } from "node:path";
import { show } from "@contact-groups/core/check";
import type { EmulatorApp } from "../request.ts";
import type { SeedDocument } from "../seed.ts";
import { type Settings, strictSettings } from "../settings.ts";
import { readJson, readSecretKey, toSdkAppId, UsageError } from "./values.ts";

/** An app of the command line or of `--config`. */
export interface ServedApp extends EmulatorApp {
  /** Environment variable that its key was read from. */
  readonly secretKeyEnv?: string | undefined;
}

/** The content of `--config`. Settings and seed are checked when the emulator is created. */
interface Config {
  readonly apps: readonly ServedApp[];
  readonly settings: Partial<Settings>;
  readonly seed: SeedDocument | undefined;
}

/**
 * Reads `{ apps: [{ sdkAppId, secretKeyEnv, admins, settings, seed }], settings, seed }`. `settings` is an object or `strict`; `seed` is a
 * document, or the path of a file, relative to this one. Without a file, it has nothing.
 */
export function readConfig(file: string | undefined): Config {
  if (file === undefined) return { apps: [], settings: {}, seed: undefined };
  const place = `--config ${file}`;
  const { apps = [], settings, seed } = readConfigFile(file);
  if (!Array.isArray(apps)) throw new UsageError(`${place}: /apps must be an array, but is ${show(apps, false)}.`);
  return {
    apps: apps.map((app, index) => toApp(app, `${place}: /apps/${index}`, file)),
    settings: toConfigSettings(settings, `${place}: `),
    seed: toSeed(seed, place, file),
  };
}

/** Returns a seed, which is checked when the emulator is created. A text is the path of its file, relative to the configuration. */
function toSeed(seed: unknown, place: string, file: string): SeedDocument | undefined {
  if (typeof seed !== "string") return seed as SeedDocument | undefined;
  if (seed.endsWith(".ndjson"))
    throw new UsageError(`${place}: seed must be the path of a JSON document. Give the lines ${seed} with --seed.`);
  return readJson(resolve(dirname(file), seed), "seed") as SeedDocument;
}

function readConfigFile(file: string): Record<string, unknown> {
  return record(readJson(file, "--config"), `--config ${file}`, ["apps", "settings", "seed"]);
}

function toConfigSettings(settings: unknown = {}, place: string): Partial<Settings> {
  if (settings === "strict") return strictSettings;
  return record(settings, `${place}/settings`, undefined, 'an object or "strict"') as Partial<Settings>;
}

function toApp(value: unknown, place: string, file: string): ServedApp {
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
    ...(seed !== undefined && { seed: toSeed(seed, place, file) }),
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

/**
 * Returns the settings that options change. The command line takes precedence over `--config`, and the own settings of an app there over both. Only
 * the settings of the file are read.
 */
export function settingsOf({ config, app, ...options }: SettingOptions & { readonly app?: string }): Partial<Settings> {
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

/** Returns settings with those of the command line, which take precedence. */
export function mergeSettings(
  own: Partial<Settings>,
  { settings, strict, rateLimit }: SettingOptions,
): Partial<Settings> {
  return { ...own, ...(strict && strictSettings), ...settings, ...(rateLimit === false && { rateLimit: "off" }) };
}
