import type { EmulatorApp } from "../emulator-options.ts";
import { readSecretKey } from "./secret-key.ts";
import { UsageError } from "./usage-error.ts";

/** An app of the command line or of `--config`. */
export interface ServedApp extends EmulatorApp {
  /** Environment variable that its key was read from. */
  readonly secretKeyEnv?: string | undefined;
}

/** Takes `--app`, and what follows it until the next one. */
export interface AppOptions {
  readonly list: readonly ServedApp[];
  app(sdkAppId: string): void;
  secretKeyEnv(name: string): void;
  admin(userId: string): void;
}

/** Makes a list that has no app yet. */
export function collectApps(): AppOptions {
  const list: ServedApp[] = [];
  const change = (option: string, by: (app: ServedApp) => Partial<ServedApp>): void => {
    const app = list.pop();
    if (!app) throw new UsageError(`${option} belongs to an app: give --app SDKAPPID in front of it.`);
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

/** An SDKAppID of the command line. */
export function toSdkAppId(text: string): number {
  const sdkAppId = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(sdkAppId) && sdkAppId > 0) return sdkAppId;
  throw new UsageError("--app must be an SDKAppID, which is a positive integer such as 1400000000.");
}
