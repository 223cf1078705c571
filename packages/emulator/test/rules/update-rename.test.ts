import { expect, test } from "vitest";
import { create, emulate, failure, get, now, rename, seconds, to } from "../call.ts";

test("gives the group the new name, and keeps its ID, its conversations and their Timestamp", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  await create(emulator, "work");
  emulator.clock.freeze(now + 5000);
  expect(await rename(emulator, "family", "friends")).toEqual({
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    UpdateType: 1,
    UpdateGroupResult: { UpdateGroupType: 1, OldGroupName: "family", GroupName: "friends", GroupId: 1 },
  });
  expect(await get(emulator)).toMatchObject({
    ContactItem: [{ ...to("bob"), ContactGroupId: [1], Timestamp: seconds }],
    GroupItem: [
      { GroupName: "friends", GroupId: 1 },
      { GroupName: "work", GroupId: 2 },
    ],
  });
});

test("frees the old name for another group, which gets the next ID", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  await rename(emulator, "family", "friends");
  expect(await rename(emulator, "family", "friends")).toMatchObject(
    failure("ConversationGroupNotFound", "group.exists"),
  );
  expect(await create(emulator, "family")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 2 } }] });
});

test("accepts the name that the group has, and changes nothing", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  const before = emulator.snapshot();
  expect(await rename(emulator, "family", "family")).toMatchObject({
    ErrorCode: 0,
    UpdateGroupResult: { GroupName: "family", GroupId: 1 },
  });
  expect(emulator.snapshot()).toEqual(before);
});
