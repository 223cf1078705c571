import { expect, test } from "vitest";
import { create, emulate, failure, get, to } from "../call.ts";

test("adds the conversations to the group that has the name, which keeps its ID", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  const response = await create(emulator, "family", [to("bob"), to("cat")]);
  expect(response["GroupResultItem"]).toMatchObject([
    { GroupItem: { GroupName: "family", GroupId: 1 }, ResultItem: [{ ResultCode: 0 }, { ResultCode: 0 }] },
  ]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ ContactGroupId: [1] }, { ContactGroupId: [1] }]);
});

test("distinguishes names by case", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  expect(await create(emulator, "Family")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 2 } }] });
});

test("rejects the name when the setting says so", async () => {
  const emulator = emulate({ existingName: "error" });
  await create(emulator, "family");
  const response = await create(emulator, "family", [to("bob")]);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "create.existing-name"));
  expect((await get(emulator))["ContactItem"]).toEqual([]);
});
