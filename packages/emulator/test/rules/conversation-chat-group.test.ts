import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { at, create, emulate, failure, get } from "../call.ts";

test.each([
  ["@TGS#gone", "was disbanded"],
  ["@TGS#others", "is not a member"],
  ["@TGS#missing", "does not exist"],
])("fails the one conversation in %s, which %s", async (groupId, why) => {
  const emulator = emulate();
  const response = await create(emulator, "a", [at(groupId), at("@TGS#open")]);
  const [first, second] = response["GroupResultItem"][0].ResultItem;
  expect(first).toMatchObject({ ContactItem: at(groupId), ResultCode: errorCodes.ChatGroupUnavailable });
  expect(first.ResultInfo).toContain(why);
  expect(second).toMatchObject({ ResultCode: 0 });
  expect((await get(emulator))["ContactItem"]).toMatchObject([at("@TGS#open")]);
});

test("fails the call when the setting says so, and creates nothing", async () => {
  const emulator = emulate({ unknownPeer: "call" });
  const response = await create(emulator, "a", [at("@TGS#gone")]);
  expect(response).toMatchObject(failure("ChatGroupUnavailable", "conversation.chat-group"));
  expect(await get(emulator)).toMatchObject({ GroupItem: [] });
});
