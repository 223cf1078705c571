/** The credentials of requests, checked against a secret key. */
import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { signUserSig } from "@contact-groups/client/usersig";
import { errorCodes, requestChecks } from "@contact-groups/openapi/model";
import { createEmulator } from "@contact-groups/emulator";
import { createContractFetch, startContractServer } from "../src/index.ts";
import { fetchJson, send, type RequestParts } from "./send.ts";

const sdkAppId = 1400000000;
const secretKey = "a".repeat(64);
const now = 1_800_000_000_000;
const clock = { now: () => now, after: () => () => undefined };
const api = createContractFetch({ secretKey, sdkAppId, administrators: ["administrator", "admin2"], clock });

const sign = (options: Partial<Parameters<typeof signUserSig>[0]> = {}): Promise<string> =>
  signUserSig({ sdkAppId, identifier: "administrator", secretKey, issuedAt: now, ...options });

const emulator = createEmulator({
  apps: [{ sdkAppId, secretKey, admins: ["administrator", "admin2"] }],
  now: () => now,
});

async function call(query: RequestParts["query"] = {}, body?: unknown): Promise<readonly unknown[]> {
  api.reset();
  const { ErrorCode } = (await fetchJson(api, "getContactGroup", { query, ...(body ? { body } : {}) })) as {
    ErrorCode: number;
  };
  return [ErrorCode, ...api.violations().map(({ rule, pointer }) => `${rule} ${pointer}`)];
}

test("accepts each administrator's own UserSig", async () => {
  expect(await call({ usersig: await sign() })).toEqual([0]);
  const identifier = "admin2";
  expect(await call({ identifier, usersig: await sign({ identifier }) })).toEqual([0]);
});

test.each<[string, number, () => Promise<RequestParts["query"]>, string]>([
  ["an unreadable UserSig", requestChecks.userSigReadable.error, async () => ({ usersig: "any-text" }), "/usersig"],
  ["a placeholder", requestChecks.userSigReadable.error, async () => ({ usersig: "TODO" }), "/usersig"],
  [
    "a UserSig that was cut off",
    requestChecks.userSigReadable.error,
    async () => ({ usersig: (await sign()).slice(0, 60) }),
    "/usersig",
  ],
  [
    "another app's UserSig",
    requestChecks.userSigApp.error,
    async () => ({ usersig: await sign({ sdkAppId: 1400000001 }) }),
    "/usersig",
  ],
  [
    "another user's UserSig",
    requestChecks.userSigIdentifier.error,
    async () => ({ usersig: await sign({ identifier: "user_0001" }) }),
    "/usersig",
  ],
  [
    "an expired UserSig",
    requestChecks.userSigExpiry.error,
    async () => ({ usersig: await sign({ issuedAt: now - 61_000, validitySeconds: 60 }) }),
    "/usersig",
  ],
  [
    "a UserSig that was signed with another key",
    requestChecks.userSigSignature.error,
    async () => ({ usersig: await sign({ secretKey: "b".repeat(64) }) }),
    "/usersig",
  ],
  [
    "a user who is no administrator",
    requestChecks.administrator.error,
    async () => ({ identifier: "user_0001", usersig: await sign({ identifier: "user_0001" }) }),
    "/identifier",
  ],
  [
    "another app",
    requestChecks.app.error,
    async () => ({ sdkappid: "1400000001", usersig: await sign({ sdkAppId: 1400000001 }) }),
    "/sdkappid",
  ],
])("rejects %s with %i, as the emulator does", async (_title, code, query, pointer) => {
  const sent = await query();
  expect(await call(sent)).toEqual([code, `credentials ${pointer}`]);
  const response = await send((input, init) => emulator.fetch(new Request(input, init)), "getContactGroup", {
    query: sent ?? {},
  });
  expect(await response.json()).toMatchObject({ ErrorCode: code });
});

test("a UserSig is valid in its last second", async () => {
  expect(await call({ usersig: await sign({ issuedAt: now - 60_000, validitySeconds: 60 }) })).toEqual([0]);
});

test("checks the query before the UserSig, and the UserSig before the body", async () => {
  expect((await call({ usersig: "TODO", random: undefined }))[0]).toBe(errorCodes.UrlParameterIncorrect);
  expect(await call({ usersig: "TODO" }, { From_Account: 1, StartIndex: 0 })).toEqual([
    requestChecks.userSigReadable.error,
    "schema /From_Account",
    "credentials /usersig",
  ]);
  expect(await call({ usersig: "" })).toEqual([errorCodes.UserSigIllegal, "schema /usersig"]);
});

test("shows neither the UserSig nor the key", async () => {
  const usersig = await sign({ secretKey: "b".repeat(64) });
  api.reset();
  const text = await (await send(api.fetch, "getContactGroup", { query: { usersig } })).text();
  const shown = `${text}${JSON.stringify(api.exchanges)}${JSON.stringify(api.violations())}`;
  expect(shown).toContain(String(requestChecks.userSigSignature.error));
  expect(shown).not.toContain(usersig.slice(0, 20));
  expect(shown).not.toContain("bbbb");
  expect(shown).not.toContain("aaaa");
});

test("reports the key in a message, and records no part of it", async () => {
  const query = { usersig: await sign(), note: secretKey };
  api.reset();
  const body = { From_Account: "user_0001", StartIndex: 0, Note: `key ${secretKey}` };
  await send(api.fetch, "getContactGroup", { query, body, headers: { "X-Key": secretKey } });
  const secrets = api.violations().filter(({ rule }) => rule === "secret");
  expect(secrets.map(({ in: place, pointer }) => `${place} ${pointer}`)).toEqual([
    "query /note",
    "header /x-key",
    "body ",
  ]);
  expect(JSON.stringify([api.exchanges, api.violations()])).not.toContain("aaaa");
});

test("reports a UserSig with milliseconds for seconds, which the service accepts", async () => {
  expect(await call({ usersig: await sign({ issuedAt: now * 1000 }) })).toEqual([0, "credentials /usersig"]);
});

test("is an option of the server, too", async () => {
  await using server = await startContractServer({ secretKey, clock });
  const query = { sdkappid: "1400000001", usersig: await sign({ sdkAppId: 1400000001 }) };
  expect(await fetchJson(server, "getContactGroup", { query })).toMatchObject({ ErrorCode: 0 });
  expect(await fetchJson(server, "getContactGroup")).toMatchObject({ ErrorCode: requestChecks.userSigReadable.error });
});

test.each([
  [{ sdkAppId }, "secretKey must be given with sdkAppId and administrators, but is undefined"],
  [{ secretKey: "" }, "secretKey must be a non-empty string, but is an empty string"],
  [
    { secretKey: "a\n" },
    "secretKey must be a string without white space, quotes and headers, but is a string with a line end",
  ],
  [{ secretKey, sdkAppId: 0 }, "sdkAppId must be a positive integer, but is 0"],
  [{ secretKey, administrators: [] }, "administrators must be a list of at least one UserID, but is an object"],
])("rejects the options %j", (options, message) => {
  expect(() => createContractFetch(options)).toThrow(message);
});

test("reports a call to the service without TLS, and none to another host", async () => {
  const rulesOf = async (origin: string): Promise<readonly string[]> => {
    const alone = createContractFetch();
    await send(alone.fetch, "getContactGroup", { origin });
    return alone.violations().map(({ rule, in: place }) => `${rule} ${place}`);
  };
  expect(await rulesOf("http://console.tim.qq.com")).toEqual(["secret path"]);
  expect(await rulesOf("https://console.tim.qq.com")).toEqual([]);
  expect(await rulesOf("http://gateway.test")).toEqual([]);
});

test.each([0, -5, 20 * 365 * 86_400])("reports a UserSig that is valid for %i s", async (expire) => {
  const time = now / 1000;
  const text = `TLS.identifier:administrator\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\nTLS.expire:${expire}\n`;
  const json = {
    "TLS.ver": "2.0",
    "TLS.identifier": "administrator",
    "TLS.sdkappid": sdkAppId,
    "TLS.time": time,
    "TLS.expire": expire,
    "TLS.sig": createHmac("sha256", secretKey).update(text).digest("base64"),
  };
  const usersig = deflateSync(JSON.stringify(json))
    .toString("base64")
    .replaceAll(/[+/=]/g, (letter) => ({ "+": "*", "/": "-" })[letter] ?? "_");
  expect((await call({ usersig })).slice(1)).toEqual(["credentials /usersig"]);
});
