import type { EmulatorOptions } from "../emulator-options.ts";
import type { PresetName } from "../presets/preset.ts";
import { presets } from "../presets/presets.ts";
import type { SeedDocument } from "../seed-document.ts";
import type { Settings } from "../settings.ts";
import type { ServedApp } from "./app-options.ts";
import { readConfig, type Config } from "./config-file.ts";
import { defaultDatabase } from "./database.ts";
import { firstSeed } from "./first-seed.ts";
import { readJson } from "./read-json.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `serve`, as the command line gives them. */
export interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly db: string;
  readonly memory?: boolean;
  /** False with `--no-seed`. */
  readonly seed?: string | boolean;
  readonly preset?: string;
  readonly reseed?: boolean;
  readonly apps: readonly ServedApp[];
  readonly config?: string;
  readonly settings: Partial<Settings>;
  /** False with `--no-rate-limit`. */
  readonly rateLimit: boolean;
  readonly public?: boolean;
  readonly controlHost?: readonly string[];
  readonly controlOrigin?: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const noConfig: Config = { apps: [], settings: {}, seed: undefined };

/** What the emulator is made of, but for its store. The command line goes before the document of `--config`. */
export function toEmulatorOptions(options: ServeOptions): EmulatorOptions {
  const config = options.config === undefined ? noConfig : readConfig(options.config);
  const apps = [...config.apps, ...options.apps];
  const seed = chooseSeed(options, config.seed);
  return {
    ...(apps.length > 0 && { apps }),
    settings: { ...config.settings, ...options.settings, ...(!options.rateLimit && { rateLimit: "off" }) },
    ...(seed && { seed }),
    keepState: true,
  };
}

function chooseSeed({ seed, preset }: ServeOptions, fromConfig: SeedDocument | undefined): SeedDocument | undefined {
  if (preset !== undefined && seed !== undefined && seed !== true)
    throw new UsageError("--preset and --seed say both what the store begins with: give one of them.");
  if (preset !== undefined) return findPreset(preset);
  if (seed === false) return undefined;
  if (typeof seed === "string") return readJson(seed, "--seed") as SeedDocument;
  return fromConfig ?? firstSeed;
}

function findPreset(name: string): SeedDocument {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName]();
  throw new UsageError(`--preset must be one of ${Object.keys(presets).join(", ")}.`);
}

/** Throws a `UsageError` for options that contradict each other, or that name no host and no origin. */
export function checkServeOptions({ memory, db, controlHost = [], controlOrigin = [] }: ServeOptions): void {
  if (memory && db !== defaultDatabase)
    throw new UsageError("--memory and --db say both where the state is kept: give one of them.");
  for (const host of controlHost)
    if (!URL.canParse(`http://${host}`) || new URL(`http://${host}`).hostname !== host.toLowerCase())
      throw new UsageError(`--control-host must be the name of a host, but is ${JSON.stringify(host.slice(0, 60))}.`);
  for (const origin of controlOrigin)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new UsageError(
        `--control-origin must be an origin such as http://localhost:3000, but is ${JSON.stringify(origin.slice(0, 60))}.`,
      );
}

/** A port of the command line. */
export function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, but is ${JSON.stringify(text.slice(0, 20))}.`);
}
