import { defaultAdmins } from "../core/handle.ts";
import type { EmulatorApp } from "../emulator-options.ts";
import { operations } from "../generated/operations.ts";
import type { Store } from "../store/store.ts";
import type { ServeOptions } from "./serve-options.ts";

/** What is said when the emulator listens. */
export interface Announcement {
  readonly options: ServeOptions;
  readonly apps: readonly EmulatorApp[];
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  /** Whether the store held state already, which was not seeded then. */
  readonly isKept: boolean;
  readonly hasControl: boolean;
}

/** Address, apps, kind of credentials, place of the state, and a first call to paste. */
export function announce(announcement: Announcement): string {
  const { options, apps, url, isKept, hasControl } = announcement;
  const database = options.memory ? undefined : options.db;
  if (options.json)
    return JSON.stringify({
      event: "listening",
      url,
      port: announcement.port,
      apps: apps.map(toDocument),
      database,
      isKept,
      control: hasControl,
    });
  if (options.quiet) return url;
  const state = database === undefined ? "in memory" : database;
  return [
    `The emulator listens at ${url}`,
    ...apps.map((app) => `  App      ${describe(app)}`),
    `  State    ${state}${isKept ? ", as it was; --reseed begins anew" : ""}`,
    `  Control  ${hasControl ? `${url}/__emulator/` : "off"}`,
    "",
    "A first call:",
    `  ${firstCall(announcement)}`,
    "",
  ].join("\n");
}

function toDocument({ sdkAppId, secretKey, admins = defaultAdmins }: EmulatorApp): object {
  return { sdkAppId, userSig: secretKey === undefined ? "any" : "verified", admins };
}

function describe({ sdkAppId, secretKey, admins = defaultAdmins }: EmulatorApp): string {
  const credentials = secretKey === undefined ? "takes any UserSig" : "verifies UserSigs with its key";
  return `${sdkAppId} ${credentials}, administrator ${admins.join(", ")}`;
}

function firstCall({ url, apps: [app], store }: Announcement): string {
  if (!app) return "";
  const { path } = operations.getContactGroup;
  const [identifier = ""] = app.admins ?? defaultAdmins;
  const userSig = app.secretKey === undefined ? "any-text" : "'$USERSIG'";
  const query = `sdkappid=${app.sdkAppId}&identifier=${encodeURIComponent(identifier)}&usersig=${userSig}&random=1&contenttype=json`;
  const [userId = "user_0001"] = store.users(app.sdkAppId);
  return `curl '${url}${path}?${query}' --data '${JSON.stringify({ From_Account: userId, StartIndex: 0 })}'`;
}
