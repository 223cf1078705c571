import { deflateSync, inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { Api } from "tls-sig-api-v2";
import { expect, test } from "vitest";
import { ArgumentError } from "../../src/arguments.ts";
import type { VerifyUserSigOptions } from "../../src/user-sig/index.ts";
import { decodeUserSig, signUserSig, verifyUserSig } from "./own.ts";

const issuedAt = 1_700_000_000_000;
const app = { sdkAppId: 1400000000, identifier: "user15", secretKey: "an example key, long enough" };
const userBuf = Uint8Array.of(1, 2, 3);
const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_"];

const plain = await signUserSig({ ...app, issuedAt, validitySeconds: 60 });
const withData = await signUserSig({ ...app, issuedAt, validitySeconds: 60, userBuf });

test.each<[string, string, Partial<VerifyUserSigOptions>]>([
  ["the same app, UserID and key", plain, {}],
  ["the same second in which it ends", plain, { now: issuedAt + 60_999 }],
  ["a time before it was made", plain, { now: issuedAt - 3_600_000 }],
  ["the data that was signed along", withData, { userBuf }],
])("is valid for %s", async (_, userSig, options) => {
  expect(await verifyUserSig(userSig, { ...app, now: issuedAt, ...options })).toMatchObject({ valid: true });
});

test.each<[string, string, Partial<VerifyUserSigOptions>, string, string]>([
  ["another app", plain, { sdkAppId: 1400000001 }, "sdkAppId", "the UserSig is for another app"],
  ["another UserID", plain, { identifier: "User15" }, "identifier", "the UserSig is for another UserID"],
  ["a second after its end", plain, { now: issuedAt + 61_000 }, "expired", "the UserSig has expired"],
  ["data that it does not have", plain, { userBuf }, "userBuf", "the UserSig has another userBuf"],
  ["other data", withData, { userBuf: Uint8Array.of(1, 2, 4) }, "userBuf", "the UserSig has another userBuf"],
  ["no data where it has some", withData, {}, "userBuf", "the UserSig has another userBuf"],
  [
    "another key",
    plain,
    { secretKey: "another key" },
    "signature",
    "the UserSig was changed, or signed with another key",
  ],
])("is rejected for %s", async (_, userSig, options, failure, message) => {
  const verdict = await verifyUserSig(userSig, { ...app, now: issuedAt, ...options });
  expect(verdict).toEqual({ valid: false, failure, message });
});

test("the checks run in the order of the official libraries", async () => {
  const wrong: [string, Partial<VerifyUserSigOptions>][] = [
    ["sdkAppId", { sdkAppId: 1 }],
    ["identifier", { identifier: "other" }],
    ["expired", { now: issuedAt + 100_000 }],
    ["userBuf", { userBuf }],
    ["signature", { secretKey: "another key" }],
  ];
  for (const [index, [failure]] of wrong.entries()) {
    const options = Object.assign({ ...app, now: issuedAt }, ...wrong.slice(index).map(([, option]) => option));
    expect(await verifyUserSig(plain, options)).toMatchObject({ failure });
  }
});

test("verifies at the present time by default", async () => {
  expect(await verifyUserSig(plain, app)).toMatchObject({ failure: "expired" });
  expect(await verifyUserSig(await signUserSig(app), app)).toMatchObject({ valid: true });
});

test("rejects a UserSig with any single field changed: each field is signed", async () => {
  const now = issuedAt;
  const other = { ...app, issuedAt, validitySeconds: 61 };
  const signature = (userSig: string): string => String(open(userSig)["TLS.sig"]);
  for (const forged of [
    await signUserSig(other),
    await signUserSig({ ...other, validitySeconds: 60, issuedAt: issuedAt + 1000 }),
  ]) {
    const json = { ...open(forged), "TLS.sig": signature(plain) };
    expect(await verifyUserSig(sealed(json), { ...app, now })).toMatchObject({ failure: "signature" });
  }
  const data = { ...open(plain), "TLS.userbuf": "AQID" };
  expect(await verifyUserSig(sealed(data), { ...app, now, userBuf })).toMatchObject({ failure: "signature" });
});

test("rejects a UserSig of signUserSig with any character changed", async () => {
  for (let at = 0; at < withData.length; at++) {
    const changed = alphabet.map((by) => replaceAt(withData, at, by)).filter((text) => text !== withData);
    const verdicts = changed.map((text) => verifyUserSig(text, { ...app, now: issuedAt, userBuf }));
    expect((await Promise.all(verdicts)).filter(({ valid }) => valid)).toEqual([]);
  }
});

test("rejects a compressed UserSig with any character changed, or reads the same content", async () => {
  const userSig = new Api(app.sdkAppId, app.secretKey).genUserSig(app.identifier, 60);
  const decoded = await decodeUserSig(userSig);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: userSig.length - 1 }), fc.constantFrom(...alphabet), async (at, by) => {
      const verdict = await verifyUserSig(replaceAt(userSig, at, by), { ...app, now: decoded.issuedAt });
      expect(verdict.valid ? verdict.decoded : decoded).toEqual(decoded);
    }),
    { numRuns: 2000 },
  );
});

test("rejects every truncated UserSig as malformed", async () => {
  for (let length = 0; length < plain.length; length++) {
    const verdict = await verifyUserSig(plain.slice(0, length), { ...app, now: issuedAt });
    expect(verdict).toMatchObject({ valid: false, failure: "malformed" });
  }
});

test.each<[string, Partial<Record<keyof VerifyUserSigOptions, unknown>>]>([
  ["sdkAppId", { sdkAppId: "1400000000" }],
  ["identifier", { identifier: undefined }],
  ["secretKey", { secretKey: "" }],
  ["now", { now: Number.NaN }],
  ["userBuf", { userBuf: [1] }],
])("throws for an invalid %s instead of rejecting the UserSig", async (argument, wrong) => {
  const error = await verifyUserSig(plain, { ...app, ...wrong } as VerifyUserSigOptions).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ArgumentError);
  expect(error).toHaveProperty("argument", argument);
});

function replaceAt(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1);
}

/** The JSON of a UserSig, read without this package. */
function open(userSig: string): Record<string, unknown> {
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  return JSON.parse(inflateSync(Buffer.from(base64, "base64")).toString()) as Record<string, unknown>;
}

function sealed(json: object): string {
  const base64 = deflateSync(JSON.stringify(json)).toString("base64");
  return base64.replaceAll("+", "*").replaceAll("/", "-").replaceAll("=", "_");
}
