/** Holds a client's UserSig: signs it or gets it from a provider, caches it, and renews it in time. */
import { onAbort } from "@contact-groups/core/abort";
import { credentialMistake } from "@contact-groups/core/arguments";
import type { Clock } from "@contact-groups/core/clock";
import { checkValidity, defaultValiditySeconds, importKey, seal, type HmacKey } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "./errors.ts";

/** Where a client's UserSigs come from: a key to sign with, a fixed UserSig, or a function that provides one. */
export interface UserSigSourceOptions {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey?: string | undefined;
  readonly userSig?: string | UserSigProvider | undefined;
  /** Validity of those signed with the key, in seconds. */
  readonly validitySeconds?: number | undefined;
}

/** The UserSigs of a client. */
export interface UserSigSource {
  /** Where they come from: only a text cannot be renewed, and only a function can fail now and succeed later. */
  readonly origin: "text" | "key" | "function";
  /** Returns the UserSig in use, if it is still valid. */
  cached(): string | undefined;
  /** Returns the UserSig in use, or a promise of a new one, which all callers that wait share. The signal ends this wait and no other. */
  get(signal?: AbortSignal): string | Promise<string>;
  /** Notes that the service rejected a UserSig, so that the next one is another. */
  rejected(userSig: string): void;
  /** Reads the `Date` header of a response, which shows whether the clock is wrong. */
  serverDate(date: string | null): void;
  /** Returns the key and the last few UserSigs: texts that must not appear anywhere. */
  secrets(): readonly string[];
}

interface NewUserSig {
  readonly userSig: string;
  readonly expiresAt: number;
  /** `TLS.time` in milliseconds, of one that was signed here. */
  readonly signedAt?: number;
}

/** Part of the validity after which a UserSig is renewed, while the old one is still in use. */
const renewedAfter = 0.9;
/** Open calls can still use the last few. */
const secretsKept = 8;

/**
 * Creates the source of one client's UserSigs.
 *
 * @throws `InvalidArgumentError` if a UserSig cannot have the validity.
 */
export function createUserSigSource(options: UserSigSourceOptions, clock: Clock): UserSigSource {
  const { sdkAppId, identifier, secretKey = "", userSig, validitySeconds = defaultValiditySeconds } = options;
  if (typeof userSig === "string") {
    const fixed = () => userSig;
    const ignore = () => {};
    return {
      origin: "text",
      cached: fixed,
      get: fixed,
      rejected: ignore,
      serverDate: ignore,
      secrets: () => [userSig],
    };
  }
  checkValidity("userSigValiditySeconds", validitySeconds, limits.userSigValidity.maximum, InvalidArgumentError);

  const { now, learn, learned } = createServerClock(clock);
  const given: string[] = [];
  let key: Promise<HmacKey> | undefined;
  let lastTime: number;
  let current: (NewUserSig & { renewAt: number }) | undefined;

  async function sign(): Promise<NewUserSig> {
    let time = Math.floor(now() / 1000);
    // The same second would give the same text again, also if that was rejected.
    if (time === lastTime) time--;
    lastTime = time;
    const fields = { sdkAppId, identifier, time, expire: validitySeconds };
    const signed = await seal(fields, (key ??= importKey(secretKey)));
    const signedAt = time * 1000;
    return { userSig: signed, signedAt, expiresAt: signedAt + validitySeconds * 1000 };
  }

  const renewal = singleFlight(async (signal) => {
    try {
      const created = await (userSig ? callProvider(userSig, signal, now(), learned()) : sign());
      if (!given.includes(created.userSig)) given.push(created.userSig);
      if (given.length > secretsKept) given.shift();
      // After the last caller has left, nothing waits for this one, and there may already be another.
      const at = now();
      if (!signal.aborted) current = { ...created, renewAt: at + (created.expiresAt - at) * renewedAfter };
      return created.userSig;
    } catch (error) {
      // As long as the old one is valid, a failing provider is called less and less often, not with every call.
      if (current) current.renewAt = (now() + current.expiresAt) / 2;
      throw error;
    }
  });

  function cached(): string | undefined {
    const at = now();
    // One from the future was signed by a wrong clock.
    if (!current || at >= current.expiresAt || (current.signedAt ?? 0) - at > toleranceMs) return undefined;
    if (at >= current.renewAt) renewal.start().catch(() => {});
    return current.userSig;
  }

  return {
    origin: userSig ? "function" : "key",
    cached,
    get: (signal) => cached() ?? renewal.join(signal),
    rejected(rejectedSig) {
      // The first of several calls with the same UserSig renews it.
      if (current?.userSig === rejectedSig) current = undefined;
    },
    serverDate: learn,
    secrets: () => [secretKey, ...given],
  };
}

/** A UserSig and the end of its validity. */
interface ProvidedUserSig {
  /** The UserSig. It is a credential: keep it out of logs. */
  readonly userSig: string;
  /**
   * End of the validity in milliseconds since the epoch, in the future. The next UserSig is requested before.
   *
   * @default until the service rejects it
   */
  readonly expiresAt?: number | undefined;
}

/**
 * Returns a UserSig. It is called when the client has none, when the last one is about to expire, and when the service rejected it. Its `signal` is
 * aborted when no call waits for the UserSig any more.
 *
 * @example
 * ```ts
 * const userSig: UserSigProvider = async ({ signal }) => {
 *   const response = await fetch("https://keys.internal/user-sig", { signal });
 *   return response.json(); // { "userSig": "eJy…", "expiresAt": 1800000000000 }
 * };
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig, region: "singapore" });
 * ```
 */
export type UserSigProvider = (context: {
  readonly signal: AbortSignal;
}) => string | ProvidedUserSig | Promise<string | ProvidedUserSig>;

/**
 * Calls the provider, and rejects what cannot be a UserSig without showing it.
 *
 * @param exact Whether `now` follows the service. Until it does, a UserSig that has expired is used once: the clock may be what is wrong.
 */
async function callProvider(
  provider: UserSigProvider,
  signal: AbortSignal,
  now: number,
  exact: boolean,
): Promise<{ readonly userSig: string; readonly expiresAt: number }> {
  const provided: unknown = await provider({ signal });
  const { userSig, expiresAt = Infinity }: Partial<Record<keyof ProvidedUserSig, unknown>> =
    typeof provided === "string" ? { userSig: provided } : (provided ?? {});
  const mistake = credentialMistake(userSig);
  if (mistake) throw returned(...mistake);
  const end = Number(expiresAt);
  // Times of before 1973 are in seconds.
  const found = end > 1e11 ? "a past one" : end > 0 ? "seconds" : "another value";
  if (end > now || (found === "a past one" && !exact)) return { userSig: userSig as string, expiresAt: end };
  throw returned("a future expiresAt in milliseconds", found);
}

function returned(expected: string, found: string): InvalidArgumentError {
  return new InvalidArgumentError("userSig", `a function that returns ${expected}`, `one that returned ${found}`);
}

/** The service's time, as far as its responses show it. */
export interface ServerClock {
  /** Returns the time in milliseconds since the epoch. */
  now(): number;
  /** Reads the `Date` header of a response. */
  learn(date: string | null): void;
  /** Whether there was a response. */
  learned(): boolean;
}

/** A `Date` is in whole seconds and as old as the response took. Clocks that differ by less count as equal. */
const toleranceMs = 10_000;
/** No response is older than this package (2025-12-29) or from the next century (2099-12-03): such a `Date` is itself wrong. */
const earliest = 1.767e12;
const latest = 4.1e12;

/** Creates a clock that follows the given one until a response shows that it is wrong. */
export function createServerClock(clock: Clock): ServerClock {
  let lastDate: string | null | undefined;
  let skew = 0;

  return {
    now: () => clock.now() + skew,
    learn(date) {
      // Many responses of one second have the same date, and reading it has a cost.
      if (date === lastDate) return;
      lastDate = date;
      const time = Date.parse(date ?? "");
      const measured = time - clock.now();
      if (time > earliest && time < latest && Math.abs(measured - skew) > toleranceMs) skew = measured;
    },
    learned: () => lastDate !== undefined,
  };
}

/** An asynchronous function that runs once at a time for all callers. */
export interface SingleFlight<Result> {
  /** Starts it unless it runs. */
  start(): Promise<Result>;
  /** Waits for the current run or for a new one. The signal ends this wait and no other. */
  join(signal?: AbortSignal): Promise<Result>;
}

interface Flight<Result> {
  readonly promise: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Creates the single flight of a function. Its signal is aborted when the last waiting caller leaves; a later caller starts a new
 * run, so that a run that hangs does not block those that follow.
 */
export function singleFlight<Result>(run: (signal: AbortSignal) => Promise<Result>): SingleFlight<Result> {
  let flight: Flight<Result> | undefined;

  const current = (): Flight<Result> => {
    if (flight) return flight;
    const controller = new AbortController();
    const over = () => end(mine);
    const mine: Flight<Result> = { controller, waiting: 0, promise: run(controller.signal).finally(over) };
    return (flight = mine);
  };
  const end = (one: Flight<Result>) => {
    if (flight === one) flight = undefined;
  };

  return {
    start: () => current().promise,
    join(signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const mine = current();
      mine.waiting++;
      if (!signal) return mine.promise;
      return new Promise((resolve, reject) => {
        const stop = onAbort(signal, () => {
          reject(signal.reason);
          if (--mine.waiting) return;
          end(mine);
          mine.controller.abort(signal.reason);
        });
        const settled = (settle: () => void) => {
          stop();
          settle();
        };
        mine.promise.then(
          (result) => settled(() => resolve(result)),
          (error: unknown) => settled(() => reject(error)),
        );
      });
    },
  };
}
