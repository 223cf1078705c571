import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";
import { userIdLength } from "../limits.ts";

const emulator = emulate();

test.each([
  ["sdkappid", "SdkAppIdMissing"],
  ["identifier", "UrlParameterIncorrect"],
  ["usersig", "UrlParameterIncorrect"],
  ["contenttype", "UrlParameterIncorrect"],
] as const)("rejects a request without %s", async (name, error) => {
  const response = await call(emulator, "getContactGroup", {}, { query: { [name]: undefined } });
  expect(response).toMatchObject(failure(error, "request.query"));
  expect(response.ErrorInfo).toContain(`The query parameter ${name} is required, but is missing`);
});

test.each([
  ["sdkappid", "app", "UrlParameterIncorrect"],
  ["identifier", "x".repeat(userIdLength + 1), "UrlParameterIncorrect"],
  ["identifier", "", "UrlParameterIncorrect"],
  ["usersig", "a+b/c=", "UserSigIllegal"],
  ["contenttype", "JSON", "UrlParameterIncorrect"],
] as const)("rejects %s=%s with %s", async (name, value, error) => {
  const response = await call(emulator, "getContactGroup", {}, { query: { [name]: value } });
  expect(response).toMatchObject(failure(error, "request.query"));
});

test("rejects a parameter that is given twice", async () => {
  const path = "/v4/recentcontact/get_contact_group?random=1&random=2";
  const response = await emulator.fetch(
    `http://emulator.test${path}&sdkappid=1400000000&identifier=administrator&usersig=any-text&contenttype=json`,
    { method: "POST", body: "{}" },
  );
  expect(await response.text()).toContain("must be given once, but is given 2 times");
});
