import { controlBase } from "../generated/control.ts";
import { defaultAdmins, firstPageOf } from "../request.ts";
import type { Settings } from "../settings.ts";
import { shellWord } from "../shell-word.ts";
import type { StateStore } from "../store/store.ts";
import { terminalJson } from "../terminal.ts";
import { userSigMode } from "../user-sig.ts";
import type { ServedApp } from "./config.ts";

/** An app with its settings in force. */
export interface AnnouncedApp extends Omit<ServedApp, "settings"> {
  readonly settings: Pick<Settings, "accounts" | "userSig">;
}

/** What a first call needs. */
export interface FirstCallParts {
  readonly url: string;
  readonly apps: readonly AnnouncedApp[];
  readonly store: Pick<StateStore, "examples" | "hasAccount">;
  readonly hasControl: boolean;
  /** Environment variable with the token of the control API; undefined without one. */
  readonly controlTokenEnv?: string | undefined;
  /** File with the CA that curl has to trust; undefined for HTTP. */
  readonly caFile?: string | undefined;
  /** Words that run this command, such as `node dist/cli.js`. */
  readonly command: readonly string[];
}

/** Returns a first call that succeeds when it is pasted into a shell, with a line above it; or why there is none. */
export function firstCall(parts: FirstCallParts): readonly string[] {
  const { apps, url } = parts;
  const found = apps.map((app) => ({ app, userId: findUser(app, parts) })).find(({ userId }) => userId !== undefined);
  const { app, userId = newUser } = found ?? { app: apps[0] };
  if (!app) return [];
  if (!found && app.settings.accounts === "strict") {
    if (!parts.hasControl) return ["No user is imported, so no call can succeed. Start with --seed FILE."];
    const accounts = { sdkAppId: app.sdkAppId, accounts: [newUser] };
    const place = `${url}${controlBase}/accounts`;
    const token = parts.controlTokenEnv === undefined ? "" : ` -H "Authorization: Bearer $${parts.controlTokenEnv}"`;
    return [
      "No user is imported. Import one:",
      `  ${curl(place, parts)}${token} -H 'Content-Type: application/json' --data ${shellWord(terminalJson(accounts))}`,
      "",
      ...call(app, userId, parts),
    ];
  }
  return call(app, userId, parts);
}

const newUser = "user_0001";

/** Returns a user for a call. It reads the store twice for an app, however many users there are. */
function findUser({ sdkAppId, settings }: AnnouncedApp, { store }: FirstCallParts): string | undefined {
  const { user, account } = store.examples(sdkAppId);
  const isKnown = user !== undefined && (settings.accounts === "lenient" || store.hasAccount(sdkAppId, user));
  return isKnown ? user : account;
}

/** Returns the beginning of a command for an address, or for one that goes on with more text. */
function curl(address: string, { caFile }: Pick<FirstCallParts, "caFile">): string {
  const trust = caFile === undefined ? "" : `--cacert ${shellWord(caFile)} `;
  return `curl ${trust}${shellWord(address)}`;
}

function call(app: AnnouncedApp, userId: string, parts: FirstCallParts): readonly string[] {
  const { url, command } = parts;
  const { sdkAppId, admins = defaultAdmins, secretKeyEnv, settings } = app;
  const [identifier = ""] = admins;
  const query = `sdkappid=${sdkAppId}&identifier=${encodeURIComponent(identifier)}&random=1&contenttype=json&usersig=`;
  const { path, body } = firstPageOf(userId);
  const data = shellWord(terminalJson(body));
  const address = `${url}${path}?${query}`;
  if (userSigMode(app.secretKey, settings.userSig) === "any")
    return ["A first call:", `  ${curl(`${address}any-text`, parts)} --data ${data}`];

  const key = secretKeyEnv === undefined ? [] : ["--secret-key-env", secretKeyEnv];
  const words = [...command, "usersig", "--app", String(sdkAppId), `--identifier=${identifier}`, ...key];
  const sign = words.map(shellWord).join(" ");
  return [
    secretKeyEnv === undefined
      ? "A first call:"
      : `A first call, for a shell in which ${secretKeyEnv} is set to the key:`,
    `  USERSIG=$(${sign}) && ${curl(address, parts)}"$USERSIG" --data ${data}`,
  ];
}
