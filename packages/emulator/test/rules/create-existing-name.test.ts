import { expect, test } from "vitest";
import { create, emulate, failure, get, to } from "../call.ts";

test("puts the conversations into the group that has the name, which keeps its ID", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  const answer = await create(emulator, "family", [to("bob"), to("cat")]);
  expect(answer["GroupResultItem"]).toMatchObject([
    { GroupItem: { GroupName: "family", GroupId: 1 }, ResultItem: [{ ResultCode: 0 }, { ResultCode: 0 }] },
  ]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ ContactGroupId: [1] }, { ContactGroupId: [1] }]);
});

test("tells names apart by case", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  expect(await create(emulator, "Family")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 2 } }] });
});

test("refuses the name when the setting says so", async () => {
  const emulator = emulate({ existingName: "error" });
  await create(emulator, "family");
  const answer = await create(emulator, "family", [to("bob")]);
  expect(answer).toMatchObject(failure("InvalidRequestParameter", "create.existing-name"));
  expect((await get(emulator))["ContactItem"]).toEqual([]);
});
