import { expect, test } from "vitest";
import { createObserver } from "../../src/har/read.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, failure, recorded, userSig } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const { responses } = operationOf("getContactGroup");

test("accepts a call of the description, as Prism does", async () => {
  const observed = call("getContactGroup", get, responses[0]?.value);
  expect(await createObserver()(observed)).toMatchObject({
    operation: "getContactGroup",
    violations: [],
    verdict: { status: 200, violations: [] },
    response: { status: 200, errorCode: 0 },
  });
});

test("accepts a UserSig that is already redacted, and rejects one with invalid characters", async () => {
  const [redacted, wrong] = await recorded(
    ["[redacted]", "no UserSig"].map((usersig) => call("getContactGroup", get, failure(50001), { query: { usersig } })),
  );
  expect(redacted?.violations).toEqual([]);
  expect(wrong?.violations).toMatchObject([{ in: "query", pointer: "/usersig" }]);
});

test("numbers the UserSigs in their order, and never includes them", async () => {
  const calls = [userSig, `${userSig}2`, userSig].map((usersig) =>
    call("getContactGroup", get, failure(70001), { query: { usersig } }),
  );
  const exchanges = await recorded(calls);
  expect(exchanges.map(({ request }) => request.userSig)).toEqual([1, 2, 1]);
  expect(JSON.stringify(exchanges)).not.toContain(userSig);
});

test("rejects a body that is not JSON and a path without an operation", async () => {
  const [malformed, elsewhere, wrongMethod] = await recorded([
    { ...call("getContactGroup", get, failure(60003)), requestBody: Buffer.from("{") },
    { ...call("getContactGroup", get, failure(60009)), url: "https://host.example/v4/recentcontact/get_contact_grup" },
    { ...call("getContactGroup", get, failure(60009)), method: "GET" },
  ]);
  expect(malformed).toMatchObject({ violations: [{ in: "body", rule: "syntax" }], verdict: undefined });
  expect(elsewhere).toMatchObject({ operation: undefined, violations: [{ in: "path" }] });
  expect(wrongMethod).toMatchObject({ operation: undefined, violations: [{ in: "method" }] });
});
