import { expect, test } from "vitest";
import { create, emulate, to } from "../call.ts";

test("assigns IDs from 1 on, one by one, to the groups of each user", async () => {
  const emulator = emulate();
  for (const [index, name] of ["a", "b", "c"].entries())
    expect(await create(emulator, name)).toMatchObject({
      GroupResultItem: [{ GroupItem: { GroupName: name, GroupId: index + 1 } }],
    });
});

test("does not reuse the ID of an earlier group", async () => {
  const seed = { apps: [{ users: [{ userId: "ann", lastGroupId: 7 }] }] };
  expect(await create(emulate({}, { seed }), "a")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 8 } }] });
});

test("uses the IDs of the option nextGroupId", async () => {
  const emulator = emulate({}, { nextGroupId: (last) => last + 1000 });
  await create(emulator, "a");
  expect(await create(emulator, "b")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 2000 } }] });
});

test("responds with the fields and in the order of the documents' sample", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  expect(emulator.calls).toMatchObject([{ rule: "create.new-group", code: 0 }]);
  expect(JSON.stringify(await create(emulator, "b", [to("bob")]))).toBe(
    '{"GroupResultItem":[{"GroupItem":{"GroupName":"b","GroupId":2},"ResultItem":[{"ContactItem":{"Type":1,"To_Account":"bob"},"ResultCode":0,"ResultInfo":""}]}],"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
  );
});
