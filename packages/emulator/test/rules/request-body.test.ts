import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";
import { userIdLength } from "../limits.ts";

test.each([
  [[], "The body must be an object, but is an array of 0 items"],
  [{ StartIndex: 0 }, "/From_Account is required, but is missing"],
  [{ from_account: "ann", StartIndex: 0 }, 'there is "from_account", and names are case-sensitive'],
  [
    { From_Account: "x".repeat(userIdLength + 1), StartIndex: 0 },
    `/From_Account must have at most ${userIdLength} characters, but has ${userIdLength + 1}`,
  ],
  [{ From_Account: "\u00e4nn", StartIndex: 0 }, "/From_Account must match"],
  [{ From_Account: "ann", StartIndex: -1 }, "/StartIndex must be at least 0, but is -1"],
  [{ From_Account: "ann", StartIndex: 0.5 }, "/StartIndex must be an integer, but is 0.5"],
])("rejects %j and names the place", async (body, why) => {
  const response = await call(emulate(), "getContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect(response.ErrorInfo).toContain(why);
});

test.each([
  [{ Type: 3, To_Account: "bob" }, "/ContactItem/1/Type must be 1 or 2, but is 3"],
  [{ Type: 1 }, "/ContactItem/1/To_Account is required, but is missing"],
  [{ Type: 2, To_Account: "bob" }, "/ContactItem/1/ToGroupId is required, but is missing"],
  [{ Type: 2, ToGroupId: "" }, "/ContactItem/1/ToGroupId must have at least 1 character, but has 0"],
])("rejects the conversation %j and names the place", async (conversation, why) => {
  const body = { From_Account: "ann", ContactItem: [{ Type: 1, To_Account: "bob" }, conversation] };
  const response = await call(emulate(), "searchContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect(response.ErrorInfo).toContain(why);
});

test("rejects a body that is nested as deeply as possible", async () => {
  const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
  for (const body of [deep, `{"From_Account":"ann","StartIndex":${deep}}`]) {
    const response = await call(emulate(), "getContactGroup", body);
    expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  }
});

test.each(["1e400", "-1e400"])("rejects the number %s, which is too large for any integer", async (number) => {
  const emulator = emulate();
  const page = await call(emulator, "getContactGroup", `{"From_Account":"ann","StartIndex":${number}}`);
  const marks = `{"From_Account":"ann","MarkItem":[{"OptType":1,"ContactItem":{"Type":1,"To_Account":"bob"},"SetMark":[${number}]}]}`;
  for (const response of [page, await call(emulator, "markContact", marks)]) {
    expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
    expect(response.ErrorInfo).toMatch(/must be an integer, but is -?Infinity/);
  }
});
