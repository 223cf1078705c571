/** How a UserSig is read and checked. */
import { ArgumentError } from "@contact-groups/core/arguments";
import { decodeUserSig, verifyUserSig } from "@contact-groups/core/user-sig";
import type { ErrorName } from "@contact-groups/openapi/model";
import { timeText } from "./clock.ts";
import { type CallFailure, errorNamed } from "./failure.ts";
import type { CheckedUserSig, CoreRequest, EmulatorApp } from "./request.ts";
import { checkFailure } from "./request-checks.ts";
import type { Settings } from "./settings.ts";

/** Number of results that are kept: those of the UserSigs that were used last. */
const resultsKept = 1000;
/** Characters. No library creates a longer UserSig. */
const longestKept = 4096;

/** Returns the result of a UserSig's checks, except for its expiry: at once when it is known; undefined when the app accepts any UserSig. */
export type UserSigCheck = (
  userSig: string,
  app: Pick<EmulatorApp, "sdkAppId" | "secretKey">,
  identifier: string,
) => CheckedUserSig | undefined | Promise<CheckedUserSig>;

/** What an app requires of a UserSig: nothing, that it can be read, or that it was signed with the app's key. */
export type UserSigMode = "any" | "read" | "verified";

/** Returns what an app with this key requires of a UserSig under a setting. */
export function userSigMode(secretKey: string | undefined, setting: Settings["userSig"]): UserSigMode {
  if (setting === "lenient") return "read";
  return setting === "off" || secretKey === undefined ? "any" : "verified";
}

/** Creates a check that keeps its results. */
export function createUserSigCheck(mode: Settings["userSig"]): UserSigCheck {
  const results = createRecent<CheckedUserSig>(resultsKept);

  return (userSig, app, identifier) => {
    if (userSigMode(app.secretKey, mode) === "any") return undefined;
    const key = `${app.sdkAppId}\n${identifier}\n${userSig}`;
    const known = results.get(key);
    if (known) return known;
    const secretKey = mode === "strict" ? app.secretKey : undefined;
    return verify(userSig, app.sdkAppId, identifier, secretKey).then((result) => {
      if (userSig.length <= longestKept) results.set(key, result);
      return result;
    });
  };
}

/** Checks a UserSig, except for its expiry. Without a key its signature is not checked. It does not reject. */
async function verify(
  userSig: string,
  sdkAppId: number,
  identifier: string,
  secretKey: string | undefined,
): Promise<CheckedUserSig> {
  const decoded = await decodeUserSig(userSig, ArgumentError).catch(() => undefined);
  if (!decoded) return { invalid: "readable" };
  const { expiresAt } = decoded;
  if (decoded.sdkAppId !== sdkAppId) return { invalid: "app", expiresAt, sdkAppId: decoded.sdkAppId };
  if (decoded.identifier !== identifier) return { invalid: "identifier", expiresAt };
  if (secretKey === undefined) return { expiresAt };

  // At the epoch nothing has expired yet, so that the result holds for every time.
  const atEpoch = { sdkAppId, identifier, secretKey, now: 0 };
  const verdict = await verifyUserSig(userSig, atEpoch, ArgumentError).catch(() => undefined);
  return verdict?.valid ? { expiresAt } : { invalid: "signature", expiresAt };
}

/** Rejects a UserSig in the order of the official libraries: unreadable, app, identifier, expired, signature. */
export function checkUserSig({ userSig, app }: CoreRequest, now: number): CallFailure | undefined {
  if (!userSig) return undefined;
  const { invalid, expiresAt = 0, sdkAppId } = userSig;
  // In whole seconds: it is valid throughout its last second.
  const isExpired = Math.floor(now / 1000) * 1000 > expiresAt;
  if (isExpired && (invalid === undefined || invalid === "signature")) {
    const why = `The UserSig expired at ${timeText(expiresAt)}, and the clock shows ${timeText(now)}`;
    return checkFailure("request.usersig-expiry", why);
  }
  if (!invalid) return undefined;
  const failure = checkFailure(`request.usersig-${invalid}`, texts[invalid]);
  return invalid === "app" ? { ...failure, text: appText(failure.error, app?.sdkAppId, sdkAppId) } : failure;
}

/** Returns the text of a UserSig for another app with both SDKAppIDs, where the service writes them. */
function appText(error: ErrorName, requested: number | undefined, signed: number | undefined): string {
  return errorNamed(error).message.replace("SDKAppID", `$&(${requested})`).replace("Usersig", `$&(${signed})`);
}

const texts: Readonly<Record<NonNullable<CheckedUserSig["invalid"]>, string>> = {
  readable: "The UserSig cannot be read: it was cut off or changed, or it is not a UserSig",
  app: "The UserSig was created for another app",
  identifier: "The UserSig was created for a UserID other than identifier",
  signature: "The UserSig was changed, was signed with another key, or holds a userbuf",
};

/** A map that keeps the entries that were used last. */
interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** Creates a map of at most `size` entries. */
export function createRecent<Value>(size: number): Recent<Value> {
  const entries = new Map<string, Value>();

  return {
    get(key) {
      const value = entries.get(key);
      // A map lists its keys by age, so a used one is added again; while the map is at most half full, age does not matter.
      if (value !== undefined && entries.size > size / 2) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= size) return;
        entries.delete(oldest);
      }
    },
  };
}
