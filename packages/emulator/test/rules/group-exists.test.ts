import { expect, test } from "vitest";
import { call, create, emulate, failure, get, to } from "../call.ts";

const rename = { UpdateGroupType: 1, OldGroupName: "Family", NewGroupName: "friends" };
const add = {
  UpdateGroupType: 2,
  OldGroupName: "Family",
  ContactUpdateItem: [{ ContactOptType: 1, ContactItem: to("bob") }],
};

test.each([
  ["a deletion", "delContactGroup", { GroupName: ["Family"] }],
  ["a new name", "updateContactGroup", { UpdateType: 1, UpdateGroup: rename }],
  ["an added conversation", "updateContactGroup", { UpdateType: 1, UpdateGroup: add }],
] as const)("rejects %s of a group that does not exist, and changes nothing", async (_, operation, body) => {
  const emulator = emulate();
  await create(emulator, "family");
  const response = await call(emulator, operation, { From_Account: "ann", ...body });
  expect(response).toMatchObject(failure("ConversationGroupNotFound", "group.exists"));
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [{ GroupName: "family", GroupId: 1 }] });
});
