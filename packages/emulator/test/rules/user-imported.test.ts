import { expect, test } from "vitest";
import { create, emulate, failure, get, search, to } from "../call.ts";

const nobody = { seed: { apps: [] } };

test("rejects every operation for a user who was not imported", async () => {
  const emulator = emulate({}, nobody);
  for (const response of [await create(emulator, "a"), await get(emulator), await search(emulator, [to("bob")])])
    expect(response).toMatchObject(failure("UserNotImported", "user.imported"));
});

test("accepts every user when the setting is lenient", async () => {
  const emulator = emulate({ accounts: "lenient" }, nobody);
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({
    ErrorCode: 0,
    GroupResultItem: [{ ResultItem: [{ ResultCode: 0 }] }],
  });
});
