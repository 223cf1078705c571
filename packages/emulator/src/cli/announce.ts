import { type OperationId, operations, type RequestBody } from "@contact-groups/openapi/model";
import type { ServedApp, ServeOptions } from "./options.ts";
import { terminalJson } from "../terminal.ts";
import { timeText } from "../clock.ts";
import type { Listener } from "../emulator.ts";
import { controlBase } from "../generated/control.ts";
import type { CallRecord } from "../journal.ts";
import { defaultAdmins, type EmulatorApp } from "../request.ts";
import type { Settings } from "../settings.ts";
import { shellWord } from "../shell-word.ts";
import type { StateStore } from "../store/store.ts";

/** What is printed when the emulator listens. */
interface Announcement extends Omit<FirstCallParts, "url"> {
  readonly options: ServeOptions;
  readonly listener: Pick<Listener, "url" | "address" | "port">;
  /** Whether the store already had a state, so that it was not seeded. */
  readonly isKept: boolean;
}

/** Returns lines with address, apps, kind of credentials, place of the state, and a first call to paste. */
export function announce(announcement: Announcement): readonly string[] {
  const { options, listener, apps, settings, isKept, hasControl } = announcement;
  const { url, address, port } = listener;
  const database = options.memory ? undefined : options.db;
  const { userSig } = settings;
  if (options.json) {
    const documents = apps.map((app) => toDocument(app, userSig));
    const event = { event: "listening", url, address, port, apps: documents, database, isKept, control: hasControl };
    return [terminalJson(event)];
  }
  if (options.quiet) return [url];
  return [
    `The emulator listens at ${url}${isEvery(address) ? `, on all addresses of this machine (${address})` : ""}`,
    ...(isLoopback(address)
      ? []
      : [`  Network  other machines can use it${hasControl ? ", and its control API" : ""}`]),
    ...apps.map((app) => `  App      ${describe(app, userSig)}`),
    `  State    ${database ?? "in memory"}${isKept ? ", existing data; use --reseed to start over" : ""}`,
    `  Control  ${hasControl ? `${url}/__emulator/` : "off"}`,
    "",
    ...firstCall({ ...announcement, url }),
    "",
  ];
}

function isEvery(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}

function toDocument(app: EmulatorApp, setting: Settings["userSig"]): object {
  const { sdkAppId, admins = defaultAdmins } = app;
  return { sdkAppId, userSig: userSigMode(app, setting), admins };
}

function describe(app: EmulatorApp, setting: Settings["userSig"]): string {
  const { sdkAppId, admins = defaultAdmins } = app;
  return `${sdkAppId} ${credentials[userSigMode(app, setting)]}, administrator ${admins.join(", ")}`;
}

const credentials: Readonly<Record<UserSigMode, string>> = {
  any: "accepts any UserSig",
  read: "reads UserSigs without verifying their signature",
  verified: "verifies UserSigs with its key",
};

/** What a first call needs. */
export interface FirstCallParts {
  readonly url: string;
  readonly apps: readonly ServedApp[];
  readonly settings: Pick<Settings, "accounts" | "userSig">;
  readonly store: Pick<StateStore, "examples" | "hasAccount">;
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
    if (!parts.hasControl) return ["No user is imported, so no call can succeed. Start with --seed FILE."];
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

/** Returns a user for a call. It reads the store twice for an app, however many users there are. */
function findUser({ sdkAppId }: ServedApp, { store, settings }: FirstCallParts): string | undefined {
  const { user, account } = store.examples(sdkAppId);
  const isKnown = user !== undefined && (settings.accounts === "lenient" || store.hasAccount(sdkAppId, user));
  return isKnown ? user : account;
}

/** An operation that reads pages. */
interface PagingOperation {
  readonly path: string;
  readonly paging: { readonly start: string };
}

/** The first operation that reads pages: its body needs only a user and a start. */
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
      : `A first call, for a shell in which ${secretKeyEnv} is set to the key:`,
    `  USERSIG=$(${sign}) && curl ${shellWord(address)}"$USERSIG" --data ${data}`,
  ];
}

/** What an app requires of a UserSig: nothing, that it can be read, or that it was signed with the app's key. */
type UserSigMode = "any" | "read" | "verified";

/** Returns what an app requires of a UserSig under a setting. */
function userSigMode({ secretKey }: EmulatorApp, setting: Settings["userSig"]): UserSigMode {
  if (setting === "lenient") return "read";
  return setting === "off" || secretKey === undefined ? "any" : "verified";
}

/** Returns a call as one line: time, path, code, the rule that decided, and why, but not its body. It shows no credential. */
export function callLine({ body: _1, bodyOmitted: _2, ...record }: CallRecord, json: boolean): string {
  if (json) return terminalJson({ event: "call", ...record });
  const { at, method, url, code, rule, why } = record;
  const [path = ""] = url.split("?");
  return `${timeText(at)} ${method} ${path} ${code ?? "-"} [${rule}] ${why}`;
}
