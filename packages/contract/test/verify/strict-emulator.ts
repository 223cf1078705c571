/** An emulator with everything that the scenarios need, and how it is verified. */
import { createEmulator, type Emulator, type EmulatorOptions, strictSettings } from "@contact-groups/emulator";
import { errorCodes, limits } from "@contact-groups/openapi/model";
import type { Clock } from "@contact-groups/core/clock";
import { operations } from "../../src/operations.ts";
import type { VerifyOptions } from "../../src/verify/verify-options.ts";

export const sdkAppId = 1400000000;
export const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
export const chatGroup = "@TGS#1B2AUI7RZ";

/** One more than a user's groups can hold, and owners. */
export const users: readonly string[] = Array.from(
  { length: limits.groupedConversations.maximum + 50 },
  (_, index) => `user_${index}`,
);

const start = Date.now();

/** The emulator in its strict settings, apart from those given. Its time is frozen by default, so a busy machine changes nothing. */
export function strictEmulator({ settings, ...options }: EmulatorOptions = {}): Emulator {
  return createEmulator({
    now: () => start,
    apps: [{ sdkAppId, secretKey }],
    seed: {
      apps: [
        {
          accounts: users,
          chatGroups: [{ id: chatGroup }],
        },
      ],
    },
    settings: { ...strictSettings, ...(typeof settings === "object" && settings) },
    ...options,
  });
}

/** Verifies it without a socket, in the emulator's own time, which passes at once. */
export function verifyOptions(emulator: Emulator, fetch: typeof globalThis.fetch = emulator.fetch): VerifyOptions {
  return {
    baseUrl: "http://localhost",
    sdkAppId,
    identifier: "administrator",
    secretKey,
    users,
    chatGroup,
    fetch,
    clock: clockOf(emulator),
    seed: 1,
  };
}

/** Calls an emulator that rejects every deletion. */
export function withoutDeletion(emulator: Emulator): typeof globalThis.fetch {
  const paths = operations.filter(({ effect }) => effect === "delete").map(({ path }) => path);
  return (input, init) =>
    paths.some((path) => String(input).includes(path))
      ? Promise.resolve(Response.json({ ActionStatus: "FAIL", ErrorCode: errorCodes.InternalFailure, ErrorInfo: "" }))
      : emulator.fetch(input as string, init);
}

function clockOf({ clock }: Emulator): Clock {
  return {
    now: () => clock.now(),
    after(ms, run) {
      clock.advance(ms);
      run();
      return () => {};
    },
  };
}
