import { inspect } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ContactGroupsError } from "../src/errors.ts";
import { signUserSigSync } from "../src/node.ts";
import {
  decodeUserSig,
  InvalidArgumentError,
  signUserSig,
  verifyUserSig,
  type SignUserSigOptions,
  type VerifyUserSigOptions,
} from "../src/usersig.ts";

const app = { sdkAppId: 1400000000, identifier: "user15", secretKey: "an-example-key,long-enough" };
const issuedAt = 1_700_000_000_000;

test("a signed UserSig can be read and verified", async () => {
  const userSig = await signUserSig({ ...app, issuedAt, validitySeconds: 60 });
  expect(await decodeUserSig(userSig)).toMatchObject({ identifier: "user15", issuedAt, validitySeconds: 60 });
  expect(await verifyUserSig(userSig, { ...app, now: issuedAt })).toMatchObject({ valid: true });
  expect(await verifyUserSig(userSig, { ...app, now: issuedAt + 61_000 })).toMatchObject({ failure: "expired" });
});

test("a UserSig can be valid for ten years, and no longer", async () => {
  const longest = 10 * 365 * 86_400;
  expect(await decodeUserSig(await signUserSig({ ...app, validitySeconds: longest }))).toMatchObject({
    validitySeconds: longest,
  });
  const tooLong = { ...app, validitySeconds: longest + 1 };
  const message = "validitySeconds must be a whole number from 1 to 315360000, but is 315360001";
  await expect(signUserSig(tooLong)).rejects.toThrow(message);
  expect(() => signUserSigSync(tooLong)).toThrow(message);
});

test("signUserSigSync creates the same text", async () => {
  const anyOptions = fc.record({
    sdkAppId: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    identifier: fc.string({ unit: "grapheme", minLength: 1, maxLength: 32 }).filter((text) => !/\p{Cc}/u.test(text)),
    secretKey: fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[!#-&(-_a-~]+$/)),
    validitySeconds: fc.integer({ min: 1, max: 315_360_000 }),
    userBuf: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(anyOptions, async (any) => {
      const options = { ...any, issuedAt };
      expect(signUserSigSync(options)).toBe(await signUserSig(options));
    }),
  );
});

test.each<[string, () => unknown]>([
  ["signUserSig", () => signUserSig({ ...app, sdkAppId: 0 })],
  ["signUserSigSync", () => signUserSigSync({ ...app, sdkAppId: 0 })],
  ["verifyUserSig", () => verifyUserSig("any text", { ...app, sdkAppId: 0 })],
])("%s throws an InvalidArgumentError for an invalid option", async (_, call) => {
  const error = await thrownBy(call);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error).toBeInstanceOf(ContactGroupsError);
  const message = "sdkAppId must be a positive integer, but is 0";
  expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "sdkAppId", attempts: 0, message });
  expect(error).not.toHaveProperty("cause");
});

test.each<[string, Partial<Record<keyof SignUserSigOptions, unknown>>]>([
  ["identifier", { identifier: "a\nTLS.sdkappid:2" }],
  ["secretKey", { secretKey: undefined }],
  ["validitySeconds", { validitySeconds: 1.5 }],
  ["issuedAt", { issuedAt: new Date(0) }],
  ["userBuf", { userBuf: "distinct" }],
])("both ways to sign reject an invalid %s", async (argument, wrong) => {
  const options = { ...app, ...wrong } as SignUserSigOptions;
  for (const sign of [signUserSig, signUserSigSync]) {
    const error = await thrownBy(() => sign(options));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toHaveProperty("argument", argument);
  }
});

test("decodeUserSig throws an InvalidArgumentError that shows no part of text that is not a UserSig", async () => {
  const error = await thrownBy(() => decodeUserSig("distinct text"));
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error).toMatchObject({
    argument: "userSig",
    message: "userSig must be a string of the characters [A-Za-z0-9*_-], but is one with another character",
  });
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain("distinct");
});

test("verifyUserSig does not throw for text that is not a UserSig", async () => {
  expect(await verifyUserSig("distinct text", app as VerifyUserSigOptions)).toEqual({
    valid: false,
    failure: "malformed",
    message: "userSig must be a string of the characters [A-Za-z0-9*_-], but is one with another character",
  });
});

async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}
