import type { Clock } from "@contact-groups/core/clock";
import { checkValidity, defaultValiditySeconds, importKey, seal, type HmacKey } from "@contact-groups/core/user-sig";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { limits } from "@contact-groups/openapi/model";
import { createServerClock, toleranceMs } from "./server-clock.ts";
import { singleFlight } from "./single-flight.ts";
import { askProvider, type UserSigProvider } from "./user-sig-provider.ts";

export type { UserSigProvider } from "./user-sig-provider.ts";

/** Where a client's UserSigs come from: a key to sign with, or a fixed one, or a function that gives one. */
export interface UserSigSourceOptions {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey?: string | undefined;
  readonly userSig?: string | UserSigProvider | undefined;
  /** Validity of those signed with the key, in seconds. */
  readonly validitySeconds?: number | undefined;
}

/** Holds a client's UserSig and sees that there is a valid one. */
export interface UserSigSource {
  /** The UserSig in use, if it is still good. */
  cached(): string | undefined;
  /** The same, or a promise of a new one, which all that wait at a time share. The signal ends this wait and no other. */
  get(signal?: AbortSignal): string | Promise<string>;
  /** Says that the service refused this one. Returns whether another can be had. */
  refused(userSig: string): boolean;
  /** Takes the `Date` header of an answer, by which a wrong clock is noticed. */
  serverDate(date: string | null): void;
  /** The key and the UserSigs given lately: texts that may appear nowhere. */
  secrets(): readonly string[];
}

interface Made {
  readonly userSig: string;
  readonly expiresAt: number;
  /** `TLS.time` in milliseconds, of one that was signed here. */
  readonly madeAt?: number;
}

/** Part of the validity after which a UserSig is renewed, while the old one is still in use. */
const renewedAfter = 0.9;
/** Calls under way can still hold the last few. */
const secretsKept = 8;

/** Makes the source of one client's UserSigs. Throws an `InvalidArgumentError` if the validity is none that a UserSig can have. */
export function createUserSigSource(options: UserSigSourceOptions, clock: Clock): UserSigSource {
  const { sdkAppId, identifier, secretKey = "", userSig, validitySeconds = defaultValiditySeconds } = options;
  if (typeof userSig === "string") {
    const fixed = () => userSig;
    return { cached: fixed, get: fixed, refused: () => false, serverDate: () => {}, secrets: () => [userSig] };
  }
  checkValidity("userSigValiditySeconds", validitySeconds, limits.userSigValidity.maximum, InvalidArgumentError);

  const { now, learn } = createServerClock(clock);
  const given: string[] = [];
  let key: Promise<HmacKey> | undefined;
  let lastTime: number;
  let current: (Made & { renewAt: number }) | undefined;

  async function sign(): Promise<Made> {
    let time = Math.floor(now() / 1000);
    // The same second would give the same text again, which is of no use if that was refused.
    if (time === lastTime) time--;
    lastTime = time;
    const fields = { sdkAppId, identifier, time, expire: validitySeconds };
    const signed = await seal(fields, (key ??= importKey(secretKey)));
    const madeAt = time * 1000;
    return { userSig: signed, madeAt, expiresAt: madeAt + validitySeconds * 1000 };
  }

  const renewal = singleFlight(async (signal) => {
    try {
      const made = await (userSig ? askProvider(userSig, signal) : sign());
      if (!given.includes(made.userSig)) given.push(made.userSig);
      if (given.length > secretsKept) given.shift();
      // What comes after everybody has left is not awaited any more, and another may be there already.
      const at = now();
      if (!signal.aborted) current = { ...made, renewAt: at + (made.expiresAt - at) * renewedAfter };
      return made.userSig;
    } catch (error) {
      // As long as the old one is good, a failing provider is asked less and less often, not with every call.
      if (current) current.renewAt = (now() + current.expiresAt) / 2;
      throw error;
    }
  });

  function cached(): string | undefined {
    const at = now();
    // One from the future was signed by a wrong clock.
    if (!current || at >= current.expiresAt || (current.madeAt ?? 0) - at > toleranceMs) return undefined;
    if (at >= current.renewAt) renewal.start().catch(() => {});
    return current.userSig;
  }

  return {
    cached,
    get: (signal) => cached() ?? renewal.join(signal),
    refused(refusedSig) {
      // Of many calls with the same UserSig the first has it renewed.
      if (current?.userSig === refusedSig) current = undefined;
      return true;
    },
    serverDate: learn,
    secrets: () => [secretKey, ...given],
  };
}
