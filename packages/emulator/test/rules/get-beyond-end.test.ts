import { expect, test } from "vitest";
import { create, emulate, get, to } from "../call.ts";

test.each([1, 2, 10_000, 2 ** 53])("returns an empty last page for StartIndex %d", async (start) => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  expect(await get(emulator, start)).toMatchObject({ ContactItem: [], CompleteFlag: 1, NextStartIndex: 0 });
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "get.beyond-end", code: 0 });
});
