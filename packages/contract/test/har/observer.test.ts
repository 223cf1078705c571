import { expect, test } from "vitest";
import { createObserver } from "../../src/har/read.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, failure, recorded, userSig } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const { responses } = operationOf("getContactGroup");

test("a call of the description has no problem, and Prism agrees where it is asked", async () => {
  const observed = call("getContactGroup", get, responses[0]?.value);
  expect(await createObserver("every")(observed)).toMatchObject({
    operation: "getContactGroup",
    problems: [],
    judgedBy: "prism",
    verdict: { status: 200, violations: [] },
    answer: { status: 200, errorCode: 0 },
  });
});

test("a UserSig that was redacted before is no problem, and one with wrong characters is", async () => {
  const [redacted, wrong] = await recorded(
    ["[redacted]", "no UserSig"].map((usersig) => call("getContactGroup", get, failure(50001), { query: { usersig } })),
  );
  expect(redacted?.problems).toEqual([]);
  expect(wrong?.problems).toMatchObject([{ in: "query", pointer: "/usersig" }]);
});

test("numbers the UserSigs in their order, and says them nowhere", async () => {
  const calls = [userSig, `${userSig}2`, userSig].map((usersig) =>
    call("getContactGroup", get, failure(70001), { query: { usersig } }),
  );
  const exchanges = await recorded(calls);
  expect(exchanges.map(({ request }) => request.userSig)).toEqual([1, 2, 1]);
  expect(JSON.stringify(exchanges)).not.toContain(userSig);
});

test("a body that is no JSON and a path that is no operation's are problems", async () => {
  const [malformed, elsewhere, wrongMethod] = await recorded([
    { ...call("getContactGroup", get, failure(60003)), requestText: "{" },
    { ...call("getContactGroup", get, failure(60009)), url: "https://host.example/v4/recentcontact/get_contact_grup" },
    { ...call("getContactGroup", get, failure(60009)), method: "GET" },
  ]);
  expect(malformed).toMatchObject({ problems: [{ in: "body", rule: "syntax" }], judgedBy: "gate" });
  expect(elsewhere).toMatchObject({ operation: undefined, problems: [{ in: "path" }] });
  expect(wrongMethod).toMatchObject({ operation: undefined, problems: [{ in: "method" }] });
});
