import { operations, type OperationId, type RequestBody } from "@contact-groups/openapi/model";
import { defaultAdmins } from "../core/handle.ts";
import { controlBase } from "../generated/control.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import { terminalJson } from "../terminal-text.ts";
import type { ServedApp } from "./app-options.ts";
import { shellWord } from "./shell-word.ts";
import { userSigMode } from "./user-sig-mode.ts";

/** What a first call depends on. */
export interface FirstCallParts {
  readonly url: string;
  readonly apps: readonly ServedApp[];
  readonly settings: Pick<Settings, "accounts" | "userSig">;
  readonly store: Pick<Store, "examples" | "hasAccount">;
  readonly hasControl: boolean;
  /** Words that run this command, such as `node dist/cli.js`. */
  readonly command: readonly string[];
}

/** Returns a first call that succeeds when it is pasted into a shell, with a line above it; or why there is none. */
export function firstCall(parts: FirstCallParts): readonly string[] {
  const { apps, settings, url } = parts;
  const found = apps.map((app) => ({ app, userId: findUser(app, parts) })).find(({ userId }) => userId !== undefined);
  const { app, userId = newUser } = found ?? { app: apps[0] };
  if (!app) return [];
  if (!found && settings.accounts === "strict") {
    if (!parts.hasControl) return ["No user is imported, so no call can succeed: start with --seed FILE."];
    const accounts = { sdkAppId: app.sdkAppId, accounts: [newUser] };
    const place = `${url}${controlBase}/accounts`;
    return [
      "No user is imported. Import one:",
      `  curl ${shellWord(place)} -H 'Content-Type: application/json' --data ${shellWord(terminalJson(accounts))}`,
      "",
      ...call(app, userId, parts),
    ];
  }
  return call(app, userId, parts);
}

const newUser = "user_0001";

/** A user whom a call can name. It takes two reads of the store, however many users there are. */
function findUser({ sdkAppId }: ServedApp, { store, settings }: FirstCallParts): string | undefined {
  const { user, account } = store.examples?.(sdkAppId) ?? {};
  const isKnown = user !== undefined && (settings.accounts === "lenient" || store.hasAccount(sdkAppId, user));
  return isKnown ? user : account;
}

/** What is known of an operation that reads pages. */
interface PagingOperation {
  readonly path: string;
  readonly paging: { readonly start: string };
}

/** The first operation that reads pages: all that its body needs is a user and where to begin. */
const firstOperation = Object.values(operations).find((operation) => "paging" in operation) as PagingOperation;

function bodyFor(userId: string): object {
  const user: Pick<RequestBody<OperationId>, "From_Account"> = { From_Account: userId };
  return { ...user, [firstOperation.paging.start]: 0 };
}

function call(app: ServedApp, userId: string, { url, settings, command }: FirstCallParts): readonly string[] {
  const { sdkAppId, admins = defaultAdmins, secretKeyEnv } = app;
  const [identifier = ""] = admins;
  const query = `sdkappid=${sdkAppId}&identifier=${encodeURIComponent(identifier)}&random=1&contenttype=json&usersig=`;
  const data = shellWord(terminalJson(bodyFor(userId)));
  const address = `${url}${firstOperation.path}?${query}`;
  if (userSigMode(app, settings.userSig) === "any")
    return ["A first call:", `  curl ${shellWord(`${address}any-text`)} --data ${data}`];

  const key = secretKeyEnv === undefined ? [] : ["--secret-key-env", secretKeyEnv];
  const words = [...command, "usersig", "--app", String(sdkAppId), `--identifier=${identifier}`, ...key];
  const sign = words.map(shellWord).join(" ");
  return [
    secretKeyEnv === undefined
      ? "A first call:"
      : `A first call, in a shell in which ${secretKeyEnv} is set to the key:`,
    `  USERSIG=$(${sign}) && curl ${shellWord(address)}"$USERSIG" --data ${data}`,
  ];
}
