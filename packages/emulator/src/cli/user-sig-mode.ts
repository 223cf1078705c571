import type { EmulatorApp } from "../emulator-options.ts";
import type { Settings } from "../settings.ts";

/** What an app asks of a UserSig: nothing, that it can be read, or that it was signed with the app's key. */
export type UserSigMode = "any" | "read" | "verified";

/** Returns what an app asks of a UserSig under a setting. */
export function userSigMode({ secretKey }: EmulatorApp, setting: Settings["userSig"]): UserSigMode {
  if (setting === "lenient") return "read";
  return setting === "off" || secretKey === undefined ? "any" : "verified";
}
