import { dirname, resolve } from "node:path";
import type { SeedDocument } from "../seed-document.ts";
import type { Settings } from "../settings.ts";
import type { ServedApp } from "./app-options.ts";
import { readJson } from "./read-json.ts";
import { readSecretKey } from "./secret-key.ts";
import { UsageError } from "./usage-error.ts";

/** What `--config` gives. Settings and seed are checked when the emulator is made. */
export interface Config {
  readonly apps: readonly ServedApp[];
  readonly settings: Partial<Settings>;
  readonly seed: SeedDocument | undefined;
}

/** Reads `{ apps: [{ sdkAppId, secretKeyEnv, admins }], settings, seed }`. `seed` is a document, or a file beside this one. */
export function readConfig(file: string): Config {
  const place = `--config ${file}`;
  const { apps = [], settings = {}, seed } = record(readJson(file, "--config"), place, ["apps", "settings", "seed"]);
  if (!Array.isArray(apps)) throw new UsageError(`${place}: /apps must be an array.`);
  return {
    apps: apps.map((app, index) => toApp(app, `${place}: /apps/${index}`)),
    settings: record(settings, `${place}: /settings`) as Partial<Settings>,
    seed: (typeof seed === "string" ? readJson(resolve(dirname(file), seed), "seed") : seed) as
      | SeedDocument
      | undefined,
  };
}

function toApp(value: unknown, place: string): ServedApp {
  const { sdkAppId, secretKeyEnv, admins } = record(value, place, ["sdkAppId", "secretKeyEnv", "admins"]);
  if (typeof sdkAppId !== "number") throw new UsageError(`${place}/sdkAppId must be a number.`);
  if (secretKeyEnv !== undefined && typeof secretKeyEnv !== "string")
    throw new UsageError(`${place}/secretKeyEnv must be text.`);
  if (admins !== undefined && !(Array.isArray(admins) && admins.every((admin) => typeof admin === "string")))
    throw new UsageError(`${place}/admins must be an array of UserIDs.`);
  return {
    sdkAppId,
    ...(secretKeyEnv !== undefined && {
      secretKey: readSecretKey(secretKeyEnv, `${place}/secretKeyEnv`),
      secretKeyEnv,
    }),
    ...(admins && { admins }),
  };
}

/** An object that has no other names than these. */
function record(value: unknown, place: string, names?: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${place} must be an object.`);
  const unknown = names && Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return value as Record<string, unknown>;
  const hint = unknown === "secretKey" ? " Give the name of an environment variable as secretKeyEnv instead." : "";
  throw new UsageError(
    `${place} must have no ${JSON.stringify(unknown.slice(0, 64))}, only ${names?.join(", ")}.${hint}`,
  );
}
