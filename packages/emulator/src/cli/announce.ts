import { defaultAdmins } from "../core/handle.ts";
import type { Listener } from "../emulator.ts";
import type { EmulatorApp } from "../emulator-options.ts";
import type { Settings } from "../settings.ts";
import { terminalJson } from "../terminal-text.ts";
import { firstCall, type FirstCallParts } from "./first-call.ts";
import type { ServeOptions } from "./serve-options.ts";
import { userSigMode, type UserSigMode } from "./user-sig-mode.ts";

/** What is said when the emulator listens. */
export interface Announcement extends Omit<FirstCallParts, "url"> {
  readonly options: ServeOptions;
  readonly listener: Pick<Listener, "url" | "address" | "port">;
  /** Whether the store held state already, which was not seeded then. */
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
    `  State    ${database ?? "in memory"}${isKept ? ", as it was; --reseed begins anew" : ""}`,
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
  any: "takes any UserSig",
  read: "reads UserSigs without verifying their signature",
  verified: "verifies UserSigs with its key",
};
