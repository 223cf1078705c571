import { expect, test } from "vitest";
import { added, create, emulate, failure, get, regroup, remove, rename, to } from "../call.ts";
import type { Emulator, Settings } from "../../src/index.ts";

async function withGroups(settings: Partial<Settings> = {}): Promise<Emulator> {
  const emulator = emulate(settings);
  await create(emulator, "family", [to("bob")]);
  await create(emulator, "work", [to("cat")]);
  return emulator;
}

test("rejects the name of another group, and changes nothing", async () => {
  const emulator = await withGroups();
  const before = emulator.snapshot();
  const response = await rename(emulator, "family", "work");
  expect(response).toMatchObject(failure("InvalidRequestParameter", "update.taken-name"));
  expect(response.ErrorInfo).toContain("/UpdateGroup/NewGroupName is already the name of the group 2");
  expect(emulator.snapshot()).toEqual(before);
});

test("distinguishes names by case", async () => {
  const emulator = await withGroups();
  expect(await rename(emulator, "family", "Work")).toMatchObject({ ErrorCode: 0 });
});

test("accepts the name when the setting says so, and then finds the group with the lower ID by it", async () => {
  const emulator = await withGroups({ renameToExisting: "accept" });
  expect(await rename(emulator, "work", "family")).toMatchObject({ UpdateGroupResult: { GroupId: 2 } });
  expect((await get(emulator))["GroupItem"]).toEqual([
    { GroupName: "family", GroupId: 1 },
    { GroupName: "family", GroupId: 2 },
  ]);
  expect(await create(emulator, "family")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 1 } }] });
  expect(await regroup(emulator, "family", added(to("cat")))).toMatchObject({ UpdateGroupResult: { GroupId: 1 } });
  expect(await remove(emulator, "family")).toMatchObject({ GroupItem: [{ GroupId: 1 }] });
  expect(await remove(emulator, "family")).toMatchObject({ GroupItem: [{ GroupId: 2 }] });
});
