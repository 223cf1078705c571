import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../src/errors.ts";
import { createUserSigSource, type UserSigSourceOptions } from "../src/user-sig-source.ts";
import { decodeUserSig, verifyUserSig } from "../src/usersig.ts";
import { becomes } from "./becomes.ts";
import { createManualClock } from "./manual-clock.ts";

const app = { sdkAppId: 1400000000, identifier: "administrator" };
const secretKey = "an-example-key,long-enough";
const hour = 3_600_000;
const day = 24 * hour;
const httpDate = (time: number): string => new Date(time).toUTCString();

function signing(options: Partial<UserSigSourceOptions> = {}, start?: number) {
  const clock = createManualClock(start);
  return { clock, source: createUserSigSource({ ...app, secretKey, ...options }, clock) };
}

describe("with a key", () => {
  test("signs what the service verifies", async () => {
    const { clock, source } = signing();
    const userSig = await source.get();
    expect(await verifyUserSig(userSig, { ...app, secretKey, now: clock.now() })).toMatchObject({
      valid: true,
      decoded: { validitySeconds: 86_400, issuedAt: clock.now() },
    });
  });

  test("signs once for all callers that wait, and returns it synchronously from then on", async () => {
    const { source } = signing();
    expect(source.cached()).toBeUndefined();
    const [first, second] = [source.get(), source.get()];
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toBe(await second);
    expect(source.secrets().filter((secret) => secret !== secretKey)).toEqual([await first]);
    expect(source.get()).toBe(await first);
    expect(source.cached()).toBe(await first);
  });

  test("renews when a tenth of the validity is left, and returns the old one meanwhile", async () => {
    const { clock, source } = signing();
    const old = await source.get();
    await clock.advance(0.9 * day - 1);
    expect(source.get()).toBe(old);
    await source.get();
    await clock.advance(1);
    expect(source.get()).toBe(old);
    const renewed = await becomes(source, old);
    const { issuedAt } = await decodeUserSig(renewed);
    expect(issuedAt).toBe(Math.floor(clock.now() / 1000) * 1000);
  });

  test("never returns one that has expired", async () => {
    const { clock, source } = signing({ validitySeconds: 60 });
    const old = await source.get();
    await clock.advance(60_000);
    expect(source.cached()).toBeUndefined();
    const next = await source.get();
    expect(next).not.toBe(old);
    expect(await verifyUserSig(next, { ...app, secretKey, now: clock.now() })).toMatchObject({ valid: true });
  });

  test("renews a rejected UserSig with another text, once for all calls that had it rejected", async () => {
    const { source } = signing();
    const old = await source.get();
    source.rejected(old);
    const next = await source.get();
    expect(next).not.toBe(old);
    for (let call = 0; call < 50; call++) source.rejected(old);
    expect(source.get()).toBe(next);
  });

  test.each([-30 * day, -2 * day])(
    "a clock that is wrong by %i ms is corrected by the Date of the rejection",
    async (wrongBy) => {
      const right = Date.UTC(2030, 5);
      const { source } = signing({}, right + wrongBy);
      const old = await source.get();
      expect(await verifyUserSig(old, { ...app, secretKey, now: right })).toMatchObject({ failure: "expired" });
      source.serverDate(httpDate(right));
      const next = await source.get();
      expect(await verifyUserSig(next, { ...app, secretKey, now: right })).toMatchObject({
        valid: true,
        decoded: { issuedAt: right },
      });
    },
  );

  test("replaces one that was signed by a clock that was ahead", async () => {
    const right = Date.UTC(2030, 5);
    const { source } = signing({}, right + hour);
    const old = await source.get();
    source.serverDate(httpDate(right));
    const next = await source.get();
    expect(next).not.toBe(old);
    expect((await decodeUserSig(next)).issuedAt).toBe(right);
  });

  test("keeps one that was signed by a clock that was behind as long as it is valid for the service", async () => {
    const right = Date.UTC(2030, 5);
    const { clock, source } = signing({}, right - hour);
    const old = await source.get();
    source.serverDate(httpDate(right));
    expect(source.get()).toBe(old);
    await clock.advance(23 * hour);
    expect(source.cached()).toBeUndefined();
  });

  test("a difference of a few seconds changes nothing", async () => {
    const { clock, source } = signing();
    const old = await source.get();
    source.serverDate(httpDate(clock.now() - 5000));
    source.serverDate(null);
    expect(source.get()).toBe(old);
  });

  test("its secrets are the key and the last few UserSigs", async () => {
    const { clock, source } = signing({ validitySeconds: 60 });
    const given: string[] = [];
    for (let count = 0; count < 20; count++) {
      given.push(await source.get());
      await clock.advance(60_000);
    }
    expect(source.secrets()).toEqual([secretKey, ...given.slice(-8)]);
    expect(inspect(source, { showHidden: true, depth: 9 })).not.toContain(secretKey);
  });

  test.each([0, -1, 1.5, 315_360_001, Number.NaN])("rejects a validity of %d seconds", (validitySeconds) => {
    expect(() => signing({ validitySeconds })).toThrow(InvalidArgumentError);
    expect(() => signing({ validitySeconds })).toThrow(
      "userSigValiditySeconds must be a whole number from 1 to 315360000",
    );
  });
});

describe("with a fixed UserSig", () => {
  test("returns it synchronously, and has no other if it is rejected", () => {
    const source = createUserSigSource({ ...app, userSig: "eJy-fixed" }, createManualClock());
    expect(source.get()).toBe("eJy-fixed");
    source.rejected("eJy-fixed");
    source.serverDate(httpDate(Date.UTC(2031, 1)));
    expect(source.cached()).toBe("eJy-fixed");
    expect(source.secrets()).toEqual(["eJy-fixed"]);
  });
});
