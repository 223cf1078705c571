import { createHmac } from "node:crypto";
import { inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { Api } from "tls-sig-api-v2";
import { expect, test } from "vitest";
import { ArgumentError } from "../../src/arguments.ts";
import { systemClock } from "../../src/clock.ts";
import type { SignUserSigOptions } from "../../src/user-sig/index.ts";
import { decodeUserSig, longestValidity, readUserSig, signUserSig, verifyUserSig } from "./own.ts";

const app = { sdkAppId: 1400000000, identifier: "user15", secretKey: "an example key, long enough" };

const anyOptions = fc.record({
  sdkAppId: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  identifier: fc.string({ unit: "grapheme", minLength: 1, maxLength: 32 }).filter((text) => !/\p{Cc}/u.test(text)),
  secretKey: fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.string({ unit: "grapheme", minLength: 1 })),
  validitySeconds: fc.integer({ min: 1, max: longestValidity }),
});

test("signUserSig creates for 300 random inputs the content that npm tls-sig-api-v2 creates, and both verify", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyOptions, fc.constantFrom("none", "number room", "text room"), async (options, kind) => {
      const { sdkAppId, identifier, secretKey, validitySeconds } = options;
      const api = new Api(sdkAppId, secretKey);
      const theirs = {
        none: () => api.genUserSig(identifier, validitySeconds),
        "number room": () => api.genPrivateMapKey(identifier, validitySeconds, 10_000, 255),
        "text room": () => api.genPrivateMapKeyWithStringRoomID(identifier, validitySeconds, "10000a", 42),
      }[kind]();
      const { issuedAt, userBuf } = await decodeUserSig(theirs);
      const ours = await signUserSig({ ...options, issuedAt, userBuf });

      expect(await readUserSig(ours)).toEqual(await readUserSig(theirs));
      for (const userSig of [theirs, ours]) {
        const verdict = await verifyUserSig(userSig, { sdkAppId, identifier, secretKey, now: issuedAt, userBuf });
        expect(verdict).toMatchObject({ valid: true, decoded: { sdkAppId, identifier, validitySeconds } });
      }
      compared++;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBe(300);
});

test("the zlib stream is one stored block that zlib itself reads", async () => {
  await fc.assert(
    fc.asyncProperty(anyOptions, fc.uint8Array({ maxLength: 32_768, size: "max" }), async (options, userBuf) => {
      const userSig = await signUserSig({ ...options, userBuf });
      const stream = Buffer.from(
        userSig.replace(/[*_-]/g, (character) => ({ "*": "+", "-": "/", _: "=" })[character] ?? ""),
        "base64",
      );
      expect([...stream.subarray(0, 3)]).toEqual([0x78, 1, 1]);
      expect(inflateSync(stream).length).toBe(stream.length - 11);
    }),
    { numRuns: 50 },
  );
});

test("a UserSig is valid for a day from now by default", async () => {
  const before = Math.floor(systemClock.now() / 1000) * 1000;
  const { issuedAt, validitySeconds, expiresAt } = await decodeUserSig(await signUserSig(app));
  expect(issuedAt).toBeGreaterThanOrEqual(before);
  expect(issuedAt).toBeLessThanOrEqual(systemClock.now());
  expect(validitySeconds).toBe(86_400);
  expect(expiresAt).toBe(issuedAt + 86_400_000);
});

test("the key is text: its hexadecimal digits are not decoded", async () => {
  const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  const userSig = await signUserSig({ ...app, secretKey, issuedAt: 1_700_000_000_000, validitySeconds: 60 });
  const text = "TLS.identifier:user15\nTLS.sdkappid:1400000000\nTLS.time:1700000000\nTLS.expire:60\n";
  const { signature } = await readUserSig(userSig);
  expect(Buffer.from(signature)).toEqual(createHmac("sha256", Buffer.from(secretKey, "utf8")).update(text).digest());
});

test("each of more keys than are kept signs with its own", async () => {
  const keys = Array.from({ length: 40 }, (_, index) => `key number ${index}`);
  for (const secretKey of [...keys, ...keys]) {
    const verdict = await verifyUserSig(await signUserSig({ ...app, secretKey }), { ...app, secretKey });
    expect(verdict.valid).toBe(true);
  }
});

test.each<[string, Partial<Record<keyof SignUserSigOptions, unknown>>, string]>([
  ["sdkAppId", { sdkAppId: 0 }, "sdkAppId must be a positive integer, but is 0"],
  ["sdkAppId", { sdkAppId: "1400000000" }, "sdkAppId must be a positive integer, but is a string"],
  ["identifier", { identifier: "" }, "identifier must be a non-empty string, but is an empty string"],
  [
    "identifier",
    { identifier: "a\nTLS.sdkappid:2" },
    "identifier must be a string without control characters, but is one with them",
  ],
  [
    "identifier",
    { identifier: "\ud800" },
    "identifier must be a string that a URL can hold, but is a string with half of a surrogate pair",
  ],
  [
    "identifier",
    { identifier: "a".repeat(1025) },
    "identifier must be a string of at most 1024 characters, but is one of 1025",
  ],
  ["secretKey", { secretKey: undefined }, "secretKey must be a non-empty string, but is undefined"],
  ["validitySeconds", { validitySeconds: 0 }, "validitySeconds must be a whole number from 1 to 86400000, but is 0"],
  [
    "validitySeconds",
    { validitySeconds: 1.5 },
    "validitySeconds must be a whole number from 1 to 86400000, but is 1.5",
  ],
  [
    "validitySeconds",
    { validitySeconds: 86_400_001 },
    "validitySeconds must be a whole number from 1 to 86400000, but is 86400001",
  ],
  ["issuedAt", { issuedAt: -1 }, "issuedAt must be a number of milliseconds since the epoch, but is -1"],
  ["issuedAt", { issuedAt: new Date() }, "issuedAt must be a number of milliseconds since the epoch, but is an object"],
  ["userBuf", { userBuf: "text" }, "userBuf must be a Uint8Array, but is a string"],
  [
    "userBuf",
    { userBuf: new Uint8Array(32_769) },
    "userBuf must be a Uint8Array of at most 32768 bytes, but is one of 32769",
  ],
])("rejects an invalid %s: %j", async (argument, wrong, message) => {
  const options = { ...app, ...wrong } as SignUserSigOptions;
  const error = await signUserSig(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ArgumentError);
  expect(error).toMatchObject({ argument, message });
});

test("a UserID with the longest data and the widest characters fits", async () => {
  const options = { ...app, identifier: "漢".repeat(1024), userBuf: new Uint8Array(32_768).fill(255) };
  const decoded = await decodeUserSig(await signUserSig(options));
  expect(decoded).toMatchObject({ identifier: options.identifier, userBuf: options.userBuf });
});
