/** Checks the credentials of a request as the service does, which needs the secret key of the app. */
import { defaultAdministrators } from "@contact-groups/core/administrators";
import { ArgumentError, checkCredential, kind } from "@contact-groups/core/arguments";
import type { Clock } from "@contact-groups/core/clock";
import { type UserSigFailure, verifyUserSig } from "@contact-groups/core/user-sig";
import { type CredentialParameter, limits, type RequestCheck } from "@contact-groups/openapi/model";
import { checkCode } from "./operations.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/** What the credentials of requests are checked against. */
export interface CredentialOptions {
  /**
   * Secret key of the app. With it, the UserSig of each request is verified as the service does: readable, of the app and the identifier, not expired,
   * signed with this key; and the identifier must be an administrator. Any text is accepted if the code under test signs with it, too.
   *
   * @default undefined, so any UserSig is accepted
   */
  readonly secretKey?: string | undefined;
  /**
   * SDKAppID of the app that `secretKey` belongs to.
   *
   * @default undefined, so any is accepted
   */
  readonly sdkAppId?: number | undefined;
  /**
   * UserIDs of the administrators of the app.
   *
   * @default ["administrator"]
   */
  readonly administrators?: readonly string[] | undefined;
}

/** Returns the first rule that the credentials of a request break. The parameters are there, once each and well formed. */
export type CredentialCheck = (query: URLSearchParams) => Promise<readonly RecordedViolation[]>;

/** The request check that fails for each failure of a UserSig. */
const checkOf: Readonly<Record<UserSigFailure, RequestCheck>> = {
  malformed: "userSigReadable",
  sdkAppId: "userSigApp",
  identifier: "userSigIdentifier",
  expired: "userSigExpiry",
  userBuf: "userSigSignature",
  signature: "userSigSignature",
};

/** A UserSig that was issued later than this multiple of the present time has milliseconds instead of seconds. */
const latestIssue = 10;

/** The request checks of the credentials, by which `judge` finds their violations. */
export const credentialChecks: ReadonlySet<string> = new Set([...Object.values(checkOf), "app", "administrator"]);

/**
 * Creates the check of the credentials; undefined without a key. Throws an `ArgumentError` for an option that cannot be right. No text has a part of the
 * key or of a UserSig.
 */
export function createCredentialCheck(options: CredentialOptions, clock: Clock): CredentialCheck | undefined {
  const { secretKey, sdkAppId, administrators = defaultAdministrators } = options;
  if (secretKey === undefined) {
    if (sdkAppId === undefined && options.administrators === undefined) return undefined;
    throw new ArgumentError("secretKey", "given with sdkAppId and administrators", kind(secretKey));
  }
  checkCredential("secretKey", secretKey, ArgumentError);
  if (sdkAppId !== undefined && !(Number.isSafeInteger(sdkAppId) && sdkAppId > 0))
    throw new ArgumentError("sdkAppId", "a positive integer", kind(sdkAppId));
  if (!Array.isArray(administrators) || administrators.length === 0)
    throw new ArgumentError("administrators", "a list of at least one UserID", kind(administrators));

  return async (query) => {
    const [app, identifier, userSig] = ["sdkappid", "identifier", "usersig"].map((name) => query.get(name) ?? "");
    const requested = Number(app);
    if (sdkAppId !== undefined && requested !== sdkAppId)
      return [violation("app", "sdkappid", `must be ${sdkAppId}, but is ${app}`)];
    // No app has this number, and no UserSig is for it.
    if (requested < 1) return [violation("app", "sdkappid", `must be that of an app, but is ${app}`)];
    const verdict = await verifyUserSig(
      userSig ?? "",
      { sdkAppId: requested, identifier: identifier ?? "", secretKey, now: clock.now() },
      ArgumentError,
    ).catch((error: unknown) => {
      if (error instanceof ArgumentError) return { valid: false, failure: error.argument } as const;
      throw error;
    });
    if (!verdict.valid) {
      if (!("message" in verdict))
        return [violation("userSigIdentifier", "identifier", "must be a UserID without control characters")];
      const { failure, message } = verdict;
      const found = failure === "malformed" ? message.replace("userSig", "cannot be read: it") : message;
      return [violation(checkOf[failure], "usersig", `must be a valid UserSig, but ${found}`)];
    }
    // The service accepts it, and it expires in thousands of years.
    if (verdict.decoded.issuedAt > clock.now() * latestIssue)
      return [
        {
          ...violation("userSigExpiry", "usersig", "must have its time in seconds, but has a time in the far future"),
          code: undefined,
        },
      ];
    const validity = (verdict.decoded.expiresAt - verdict.decoded.issuedAt) / 1000;
    const { maximum } = limits.userSigValidity;
    if (!(validity > 0 && validity <= maximum))
      return [
        {
          ...violation("userSigExpiry", "usersig", `must be valid for 1 to ${maximum} s, but is for ${validity} s`),
          code: undefined,
        },
      ];
    if (!administrators.includes(identifier ?? ""))
      return [
        violation(
          "administrator",
          "identifier",
          `must be an administrator (${administrators.join(", ")}), but is ${JSON.stringify(identifier)}`,
        ),
      ];
    return [];
  };
}

function violation(check: RequestCheck, name: CredentialParameter, message: string): RecordedViolation {
  return {
    in: "query",
    pointer: `/${name}`,
    rule: check,
    code: checkCode(check),
    message: `The query parameter ${name} ${message}`,
  };
}
