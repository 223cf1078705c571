import { expect, test } from "vitest";
import { at, create, emulate, failure, search, to } from "../call.ts";

test.each(["@TGS#gone", "@TGS#others", "@TGS#missing"])("fails the call for %s", async (groupId) => {
  const response = await search(emulate(), [to("bob"), at(groupId)]);
  expect(response).toMatchObject(failure("ChatGroupUnavailable", "search.chat-group"));
});

test("omits such a chat group when the setting says so, also one that was added to a group before", async () => {
  const emulator = emulate({ searchChatGroup: "omit" });
  await create(emulator, "a", [to("bob"), at("@TGS#open")]);
  emulator.seed({ apps: [{ chatGroups: [{ id: "@TGS#open", disbanded: true }] }] });
  expect((await search(emulator, [to("bob"), at("@TGS#open")]))["ContactResultItem"]).toMatchObject([to("bob")]);
  expect((await search(emulator, [to("bob"), at("@TGS#gone")]))["ContactResultItem"]).toMatchObject([to("bob")]);
});
