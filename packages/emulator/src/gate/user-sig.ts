import { requestChecks } from "@contact-groups/openapi/model";
import type { CoreCall, UserSigFinding } from "../core/core-call.ts";
import type { EmulatorApp } from "../emulator-options.ts";
import type { Refusal } from "../refusal.ts";
import type { Settings } from "../settings.ts";
import { timeText } from "../time-text.ts";
import { createRecent } from "./recent.ts";
import { findOut } from "./verify.ts";

/** Findings that are kept: of so many UserSigs, the last used ones, and of none that is longer than any library makes. */
const findingsKept = 1000;
const longestKept = 4096;

/** Says what is known about a UserSig: at once when it was judged before. */
export type JudgeUserSig = (
  userSig: string,
  app: EmulatorApp,
  identifier: string,
) => UserSigFinding | undefined | Promise<UserSigFinding>;

/** Makes a judge that keeps its findings. */
export function createUserSigJudge(mode: Settings["userSig"]): JudgeUserSig {
  const findings = createRecent<UserSigFinding>(findingsKept);

  return (userSig, app, identifier) => {
    if (mode === "off" || (mode === "strict" && app.secretKey === undefined)) return undefined;
    const key = `${app.sdkAppId}\n${identifier}\n${userSig}`;
    const known = findings.get(key);
    if (known) return known;
    const secretKey = mode === "strict" ? app.secretKey : undefined;
    return findOut(userSig, { sdkAppId: app.sdkAppId, identifier, secretKey }).then((finding) => {
      if (userSig.length <= longestKept) findings.set(key, finding);
      return finding;
    });
  };
}

/** Refuses a UserSig in the order of the official libraries: unreadable, app, identifier, expired, signature. */
export function checkUserSig({ userSig }: CoreCall, now: number): Refusal | undefined {
  if (!userSig) return undefined;
  const { fault, expiresAt = 0 } = userSig;
  // In whole seconds: in the very second in which it ends it is valid.
  const isExpired = Math.floor(now / 1000) * 1000 > expiresAt;
  if (isExpired && (fault === undefined || fault === "signature")) {
    const why = `The validity of the UserSig ended at ${timeText(expiresAt)}, and the clock shows ${timeText(now)}`;
    return { rule: "gate.usersig-expiry", error: requestChecks.userSigExpiry.name, why };
  }
  return fault && refusals[fault];
}

const refusals: Readonly<Record<NonNullable<UserSigFinding["fault"]>, Refusal>> = {
  readable: {
    rule: "gate.usersig-readable",
    error: requestChecks.userSigReadable.name,
    why: "The UserSig cannot be read: it was cut off or changed, or is none",
  },
  app: { rule: "gate.usersig-app", error: requestChecks.userSigApp.name, why: "The UserSig was made for another app" },
  identifier: {
    rule: "gate.usersig-identifier",
    error: requestChecks.userSigIdentifier.name,
    why: "The UserSig was made for another UserID than identifier",
  },
  signature: {
    rule: "gate.usersig-signature",
    error: requestChecks.userSigSignature.name,
    why: "The UserSig was changed, made with another key, or holds a userbuf",
  },
};
