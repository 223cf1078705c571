import { expect, test } from "vitest";
import { added, create, custom, emulate, failure, get, mark, regroup, remove, rename, search, to } from "../call.ts";

const nobody = { seed: { apps: [] } };

test("rejects every operation for a user who was not imported", async () => {
  const emulator = emulate({}, nobody);
  const responses = [
    await create(emulator, "a"),
    await get(emulator),
    await search(emulator, [to("bob")]),
    await rename(emulator, "a", "b"),
    await regroup(emulator, "a", added(to("bob"))),
    await remove(emulator, "a"),
    await mark(emulator, custom(to("bob"), "x")),
  ];
  for (const response of responses) expect(response).toMatchObject(failure("UserNotImported", "user.imported"));
});

test("accepts every user when the setting is lenient", async () => {
  const emulator = emulate({ accounts: "lenient" }, nobody);
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({
    ErrorCode: 0,
    GroupResultItem: [{ ResultItem: [{ ResultCode: 0 }] }],
  });
  expect(await mark(emulator, custom(to("cat"), "x"))).toMatchObject({ ResultItem: [{ ResultCode: 0 }] });
  expect(await rename(emulator, "a", "b")).toMatchObject({ ErrorCode: 0 });
});
