import { expect, test } from "vitest";
import { create, emulate, get } from "../call.ts";

test("lists a group without conversations in GroupItem", async () => {
  const emulator = emulate();
  await create(emulator, "empty");
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [{ GroupName: "empty", GroupId: 1 }] });
});
