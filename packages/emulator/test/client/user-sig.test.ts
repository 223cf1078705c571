import { errorCodes } from "@contact-groups/openapi/model";
import { AuthError } from "@contact-groups/client";
import { expect, test } from "vitest";
import { emulate } from "../call.ts";
import { secretKey, sign } from "../user-sig.ts";
import { connect } from "./connect.ts";
import { createSharedClock } from "./shared-clock.ts";

const apps = [{ sdkAppId: 1400000000, secretKey }];
const page = { From_Account: "ann", StartIndex: 0 };

test("a client that signs with the app's key is accepted for days, with renewed UserSigs", async () => {
  const clock = createSharedClock();
  const seen = new Set<string | null>();
  const emulator = emulate({}, { apps, now: clock.now });
  const client = connect(emulator, {
    secretKey,
    clock,
    userSigValiditySeconds: 3600,
    fetch: (input, init) => {
      seen.add(new URL(input).searchParams.get("usersig"));
      return emulator.fetch(input, init);
    },
  });
  for (let hour = 0; hour < 72; hour++) {
    expect(await client.getContactGroup(page)).toMatchObject({ ActionStatus: "OK" });
    clock.jump(3_600_000 - 1000 * (hour % 3));
  }
  expect(seen.size).toBeGreaterThan(24);
  expect(emulator.calls.map(({ code }) => code)).toEqual(Array.from({ length: 72 }, () => 0));
});

test("a client whose UserSig has expired creates another one and retries the call", async () => {
  const clock = createSharedClock();
  const emulator = emulate({}, { apps, now: clock.now });
  const renewed = connect(emulator, { secretKey, clock, userSigValiditySeconds: 3600 });
  await renewed.getContactGroup(page);
  // Both clocks advance by an hour, but the client that keeps the UserSig does not renew it.
  const userSig = await sign({ validitySeconds: 3600 });
  let calls = 0;
  const kept = connect(emulator, { userSig: () => (calls++ === 0 ? userSig : sign({ issuedAt: clock.now() })), clock });
  await kept.getContactGroup(page);
  clock.jump(3_601_000);
  expect(await kept.getContactGroup(page)).toMatchObject({ ActionStatus: "OK" });
  expect(await renewed.getContactGroup(page)).toMatchObject({ ActionStatus: "OK" });
  expect(emulator.calls.map(({ code }) => code)).toEqual([0, 0, errorCodes.UserSigExpired, 0, 0]);
});

test("a client whose clock is behind by more than the validity corrects it by Date, and retries the call", async () => {
  const clock = createSharedClock();
  const emulator = emulate({}, { apps, now: () => clock.now() + 3_602_000 });
  const client = connect(emulator, { secretKey, clock, userSigValiditySeconds: 3600 });
  expect(await client.getContactGroup(page)).toMatchObject({ ActionStatus: "OK" });
  expect(emulator.calls.map(({ code }) => code)).toEqual([errorCodes.UserSigExpired, 0]);
});

test("a client whose clock is behind and that gets no Date is rejected exactly twice", async () => {
  const clock = createSharedClock();
  const emulator = emulate({}, { apps, now: () => clock.now() + 3_602_000 });
  const client = connect(emulator, {
    secretKey,
    clock,
    userSigValiditySeconds: 3600,
    fetch: async (input, init) => {
      const response = await emulator.fetch(input, init);
      response.headers.delete("Date");
      return response;
    },
  });
  const error: unknown = await client.getContactGroup(page).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AuthError);
  expect(emulator.calls.map(({ code }) => code)).toEqual([errorCodes.UserSigExpired, errorCodes.UserSigExpired]);
});

test.each([
  ["another key", { secretKey: "fedcba9876543210" }, "UserSigVerificationFailed"],
  ["text that is not a UserSig", { userSig: "any-text" }, "UserSigIllegal"],
  ["an identifier that is not an administrator", { secretKey, identifier: "ann" }, "IdentifierNotAdministrator"],
  ["an unknown app", { secretKey, sdkAppId: 1400000001 }, "SdkAppIdNotFound"],
] as const)("a client with %s gets its error", async (_, options, name) => {
  const clock = createSharedClock();
  const client = connect(emulate({}, { apps, now: clock.now }), { clock, ...options });
  const error: unknown = await client.getContactGroup(page).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: errorCodes[name] });
  expect(error instanceof AuthError).toBe(errorCodes[name] >= errorCodes.UserSigExpired);
});
