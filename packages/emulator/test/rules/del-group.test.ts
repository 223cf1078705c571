import { expect, test } from "vitest";
import { at, call, create, emulate, get, search, seconds, to } from "../call.ts";

test("deletes the group: its conversations keep other groups and marks, and those without any are forgotten", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob"), to("cat"), at("@TGS#open")]);
  await create(emulator, "work", [to("bob")]);
  await call(emulator, "markContact", {
    From_Account: "ann",
    MarkItem: [{ OptType: 2, ContactItem: at("@TGS#open"), CustomMark: "x" }],
  });
  const response = await call(emulator, "delContactGroup", { From_Account: "ann", GroupName: ["family"] });
  expect(response).toMatchObject({ ErrorCode: 0, GroupItem: [{ GroupName: "family", GroupId: 1 }] });
  expect(await get(emulator)).toMatchObject({
    ContactItem: [
      { ...to("bob"), ContactGroupId: [2], Timestamp: seconds },
      { ...at("@TGS#open"), CustomMark: "x" },
    ],
    GroupItem: [{ GroupName: "work", GroupId: 2 }],
  });
  expect(await search(emulator, [to("cat")])).toMatchObject({ ContactResultItem: [] });
});

test("never uses the ID of a deleted group again", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  await call(emulator, "delContactGroup", { From_Account: "ann", GroupName: ["family"] });
  await create(emulator, "family");
  expect(await get(emulator)).toMatchObject({ GroupItem: [{ GroupName: "family", GroupId: 2 }] });
});
