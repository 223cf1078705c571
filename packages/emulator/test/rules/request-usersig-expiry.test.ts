import { expect, test } from "vitest";
import { call, emulate, failure, now } from "../call.ts";
import { secretKey, sign, signed } from "../user-sig.ts";

test.each(["strict", "lenient"] as const)("rejects an expired UserSig when the setting is %s", async (userSig) => {
  const response = await signed({ userSig }, await sign({ issuedAt: now - 61_000, validitySeconds: 60 }));
  expect(response).toMatchObject(failure("UserSigExpired", "request.usersig-expiry"));
});

test("accepts a UserSig in its last second, and one from the future", async () => {
  expect(await signed({}, await sign({ issuedAt: now - 60_000, validitySeconds: 60 }))).toMatchObject({ ErrorCode: 0 });
  expect(await signed({}, await sign({ issuedAt: now + 1e9 }))).toMatchObject({ ErrorCode: 0 });
});

test("reports an expired UserSig before a wrong key", async () => {
  const response = await signed({}, await sign({ issuedAt: now - 61_000, validitySeconds: 60, secretKey: "another" }));
  expect(response).toMatchObject(failure("UserSigExpired", "request.usersig-expiry"));
});

test("rejects a UserSig that was valid in an earlier call", async () => {
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000, secretKey }] });
  const query = { usersig: await sign({ issuedAt: now, validitySeconds: 60 }) };
  const body = { From_Account: "ann", StartIndex: 0 };
  expect(await call(emulator, "getContactGroup", body, { query })).toMatchObject({ ErrorCode: 0 });
  emulator.clock.advance(61_000);
  const response = await call(emulator, "getContactGroup", body, { query });
  expect(response).toMatchObject(failure("UserSigExpired", "request.usersig-expiry"));
});
