import { decodeUserSig, signUserSig as signByClient, verifyUserSig } from "@contact-groups/client/usersig";
import { expect, test } from "vitest";
import { signUserSig } from "../../src/verify/request.ts";
import { sdkAppId, secretKey } from "./strict-emulator.ts";

const parts = { sdkAppId, identifier: "administrator", secretKey };
const issuedAt = 1_700_000_000;

test("a UserSig is one that the client verifies", async () => {
  const userSig = signUserSig({ ...parts, issuedAt, validSeconds: 60 });
  expect(await verifyUserSig(userSig, { ...parts, now: issuedAt * 1000 })).toMatchObject({ valid: true });
});

test("a UserSig equals the client's", async () => {
  const own = await decodeUserSig(signUserSig({ ...parts, issuedAt, validSeconds: 60 }));
  const clients = await decodeUserSig(await signByClient({ ...parts, issuedAt: issuedAt * 1000, validitySeconds: 60 }));
  expect(own).toEqual(clients);
});
