import { signUserSig, type SignUserSigOptions } from "@contact-groups/client/usersig";
import type { EmulatorApp, Settings } from "../src/index.ts";
import { call, emulate, now, type Body } from "./call.ts";

/** A key of the tests. */
export const secretKey = "0123456789abcdef";

/** Signs for the tests' app and administrator at the tests' time. */
export function sign(options: Partial<SignUserSigOptions> = {}): Promise<string> {
  return signUserSig({ sdkAppId: 1400000000, identifier: "administrator", secretKey, issuedAt: now, ...options });
}

/** Calls get with this UserSig, of an app that has the key. */
export function signed(settings: Partial<Settings>, usersig: string, app: Partial<EmulatorApp> = {}): Promise<Body> {
  const emulator = emulate(settings, { apps: [{ sdkAppId: 1400000000, secretKey, ...app }] });
  return call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: 0 }, { query: { usersig } });
}
