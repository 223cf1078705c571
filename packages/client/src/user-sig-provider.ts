import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";

/** What a `UserSigProvider` is told. */
export interface UserSigContext {
  /** Aborted when no call waits for the UserSig any more. */
  readonly signal: AbortSignal;
}

/** A UserSig, and until when it is valid. */
export interface ProvidedUserSig {
  readonly userSig: string;
  /** Milliseconds since the epoch. The next one is asked for before that. */
  readonly expiresAt?: number | undefined;
}

/**
 * Gives a UserSig: when the client has none, when the last one is about to expire, and when the service refused it. One that comes
 * without `expiresAt` is used until the service refuses it.
 *
 * @example
 * ```ts
 * const userSig: UserSigProvider = async ({ signal }) => {
 *   const answer = await fetch("https://keys.internal/user-sig", { signal });
 *   return answer.json(); // { "userSig": "eJy…", "expiresAt": 1800000000000 }
 * };
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig, region: "singapore" });
 * ```
 */
export type UserSigProvider = (context: UserSigContext) => string | ProvidedUserSig | Promise<string | ProvidedUserSig>;

/** Asks the provider, and refuses what can't be a UserSig without showing it. */
export async function askProvider(
  provider: UserSigProvider,
  signal: AbortSignal,
): Promise<{ readonly userSig: string; readonly expiresAt: number }> {
  const answer: unknown = await provider({ signal });
  const { userSig, expiresAt = Infinity }: Partial<Record<keyof ProvidedUserSig, unknown>> =
    typeof answer === "string" ? { userSig: answer } : (answer ?? {});
  // The usual mistake is the line end of a file.
  if (typeof userSig !== "string" || !/^[!-~]+$/.test(userSig) || !(Number(expiresAt) > 0))
    throw new InvalidArgumentError("userSig", "a function that gives a UserSig", "text with blanks, or another value");
  return { userSig, expiresAt: Number(expiresAt) };
}
