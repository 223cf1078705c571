import { expect, test } from "vitest";
import { findSecrets } from "../checks/secret.ts";
import { files, read } from "./repository.ts";

/** The example key of the official libraries with the UserSig that they generate from it, the same key with a typing error, and an address that is rejected. */
const vectors: readonly { readonly secretKey: string; readonly userSigs: Readonly<Record<string, string>> }[] =
  JSON.parse(read("packages/core/test/user-sig/vectors.json")).vectors;
const keys = vectors.map(({ secretKey }) => secretKey).filter((key) => key.length === 64);
const samples = [
  ...vectors.flatMap(({ userSigs }) => Object.values(userSigs)),
  ...keys,
  ...keys.map((key) => `f${key.replace("fff", "ff")}`),
  "me:secret@service.test",
];

test("no file of the repository holds a credential", async () => {
  const paths = files();
  const found = await Promise.all(paths.map((path) => findSecrets(path, read(path), samples)));
  expect(paths.length).toBeGreaterThan(500);
  expect(found.flat()).toEqual([]);
});

// Put together here, so that the file that looks for them has none.
const digits = "0123456789abcdef".repeat(4);
const usersig = `eJ${"yrVgrxCdYLsk".repeat(10)}__`;

test.each([
  ["a token of npm", `npm_${"aB3d".repeat(9)}`],
  ["a token of GitHub", `ghp_${"aB3d".repeat(9)}`],
  ["a private key", `-----BEGIN PRIVATE ${"KEY-----"}\n${"MIIE".repeat(30)}\n-----END PRIVATE ${"KEY-----"}\n`],
  ["a UserSig", `https://adminapisgp.im.qcloud.com/?usersig=${usersig}&random=1`],
  ["the secret key of an app", `secretKey: "${digits}"\n`],
])("finds %s, and does not repeat it", async (_, content) => {
  const found = await findSecrets("notes.txt", content);
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(content.slice(20, 40));
});

test.each([
  ["a checksum", `integrity: sha512-${"eJyrVgrx".repeat(11)}==`],
  ["a key of zeros", `secretKey: "${"0".repeat(64)}"\n`],
  ["the 64 bits of a standard mark", `StandardMark: "1${"0".repeat(62)}1"\n`],
  ["the digest of a commit", `actions/checkout@${"08c6903c".repeat(5)}`],
])("lets %s pass", async (_, content) => {
  expect(await findSecrets("notes.txt", content)).toEqual([]);
});

test("accepts a sample, and rejects a key next to it", async () => {
  expect(await findSecrets("notes.txt", `key: "${digits}"`, [digits])).toEqual([]);
  expect(await findSecrets("notes.txt", `key: "${digits}", "${digits.slice(1)}a"`, [digits])).toHaveLength(1);
});
