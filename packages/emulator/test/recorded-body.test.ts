import { expect, test } from "vitest";
import { call, emulate } from "./call.ts";
import { secretKey, sign } from "./user-sig.ts";

const path = "/v4/recentcontact/get_contact_group";
const query = "sdkappid=1400000000&identifier=administrator&random=1&contenttype=json";
const good = '{ "From_Account": "ann", "StartIndex": 0 }';

/** The last record of an emulator after a request with a body. */
async function recordOf(
  body: string | Uint8Array<ArrayBuffer>,
  { usersig = "any-text", emulator = emulate() } = {},
): Promise<{ readonly body: string | undefined; readonly bodyOmitted: string | undefined }> {
  await emulator.fetch(`http://emulator.test${path}?${query}&usersig=${usersig}`, { method: "POST", body });
  return emulator.calls.at(-1)!;
}

test("a record has the body as it was sent", async () => {
  expect(await recordOf(good)).toMatchObject({ body: good, bodyOmitted: undefined });
  expect(await recordOf("no JSON")).toMatchObject({ body: "no JSON" });
  expect(await recordOf("")).toMatchObject({ body: "" });
});

test("a record of a call that failed before its body was checked has the body as well", async () => {
  const emulator = emulate();
  await call(emulator, "getContactGroup", good, { query: { sdkappid: "1" } });
  expect(emulator.calls).toMatchObject([{ rule: "request.app", body: good }]);
});

test.each([
  ["of 16,384 characters", 16_384, { bodyOmitted: undefined }],
  ["of 16,385 characters", 16_385, { body: undefined, bodyOmitted: "too large" }],
  ["over the limit of bytes", 2_000_000, { body: undefined, bodyOmitted: "too large" }],
])("a record has what is known of a body %s", async (_, length, expected) => {
  expect(await recordOf("x".repeat(length))).toMatchObject(expected);
});

test("a record of a body that is not UTF-8 says so", async () => {
  const expected = { body: undefined, bodyOmitted: "not UTF-8" };
  expect(await recordOf(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject(expected);
});

test("a recorded body has no UserSig of its own call or of another, and no key", async () => {
  const [own, other] = [await sign(), await sign({ identifier: "somebody-else" })];
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000, secretKey }] });
  const body = JSON.stringify({ From_Account: own, [other]: secretKey, note: `usersig=${own}&key=${secretKey}.` });
  const { body: recorded } = await recordOf(body, { usersig: own, emulator });
  for (const secret of [own, other, secretKey]) expect(recorded).not.toContain(secret);
  expect(recorded).toContain("[redacted]");
});

test("a recorded body of a call whose app is not known has no key of any app", async () => {
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000 }, { sdkAppId: 2, secretKey }] });
  for (const sdkappid of ["3", undefined])
    await call(emulator, "getContactGroup", { note: secretKey }, { query: { sdkappid } });
  expect(emulator.calls.map(({ body }) => body)).toEqual(['{"note":"[redacted]"}', '{"note":"[redacted]"}']);
});
