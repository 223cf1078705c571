import { expect, test } from "vitest";
import { create, emulate, get, to } from "../call.ts";

test("returns conversations in the order in which they were added, pageSize on a page", async () => {
  const emulator = emulate({ pageSize: 2, accounts: "lenient" });
  await create(emulator, "a", [to("c"), to("b"), to("a")]);
  await create(emulator, "z", [to("a"), to("d")]);
  const first = await get(emulator);
  expect(first).toMatchObject({ ContactItem: [to("c"), to("b")], CompleteFlag: 0, NextStartIndex: 2 });
  const last = await get(emulator, first["NextStartIndex"]);
  expect(last).toMatchObject({
    ContactItem: [{ ...to("a"), ContactGroupId: [1, 2] }, to("d")],
    CompleteFlag: 1,
    NextStartIndex: 0,
  });
  expect(last["GroupItem"]).toEqual([
    { GroupName: "a", GroupId: 1 },
    { GroupName: "z", GroupId: 2 },
  ]);
});

test("returns at most 100 on a page by default", async () => {
  const emulator = emulate({ accounts: "lenient" });
  await create(
    emulator,
    "a",
    Array.from({ length: 100 }, (_, index) => to(`peer${index}`)),
  );
  expect(await get(emulator)).toMatchObject({ CompleteFlag: 1 });
  await create(emulator, "a", [to("one more")]);
  expect(await get(emulator)).toMatchObject({ CompleteFlag: 0, NextStartIndex: 100 });
});

test("continues after a conversation that was removed between two pages", async () => {
  const emulator = emulate(
    { pageSize: 1, accounts: "lenient" },
    {
      seed: {
        apps: [
          {
            users: [
              {
                userId: "ann",
                groups: [{ name: "a" }],
                conversations: [
                  { Type: 1, To_Account: "bob", groups: ["a"] },
                  { Type: 1, To_Account: "cat", groups: ["a"], position: 5 },
                ],
              },
            ],
          },
        ],
      },
    },
  );
  const first = await get(emulator);
  expect(first).toMatchObject({ ContactItem: [to("bob")], NextStartIndex: 5 });
  expect(await get(emulator, 5)).toMatchObject({ ContactItem: [to("cat")], CompleteFlag: 1 });
});
