import { expect, test } from "vitest";
import { added, call, create, custom, emulate, failure, get, mark, regroup } from "../call.ts";

const rejected = failure("UserIdNotString", "request.account-type");

test.each(["1", "0", "1e400", "true", "null", "{}", '["ann"]'])("rejects a From_Account of %s", async (value) => {
  const response = await call(emulate(), "getContactGroup", `{"From_Account":${value},"StartIndex":0}`);
  expect(response).toMatchObject(rejected);
  expect(response.ErrorInfo).toContain("/From_Account must be a string, but is ");
});

test("rejects To_Account that is not a string, in each operation with conversations", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  const conversation = { Type: 1, To_Account: 5 } as never;
  const searched = await call(emulator, "searchContactGroup", { From_Account: "ann", ContactItem: [conversation] });
  const responses = [
    searched,
    await create(emulator, "b", [conversation]),
    await regroup(emulator, "a", added(conversation)),
    await mark(emulator, custom(conversation, "x")),
  ];
  for (const response of responses) {
    expect(response).toMatchObject(rejected);
    expect(response.ErrorInfo).toContain("/To_Account must be a string, but is 5");
  }
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [{ GroupName: "a" }] });
});

test.each([
  [{ StartIndex: 0 }, "/From_Account is required"],
  [{ From_Account: "", StartIndex: 0 }, "/From_Account must have at least 1 character"],
])("is not about the UserID of %j", async (body, why) => {
  const response = await call(emulate(), "getContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect(response.ErrorInfo).toContain(why);
});

test("is about no other ID", async () => {
  const body = { From_Account: "ann", ContactItem: [{ Type: 2, ToGroupId: 5 }] };
  const response = await call(emulate(), "searchContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
});
