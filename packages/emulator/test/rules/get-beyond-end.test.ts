import { expect, test } from "vitest";
import { call, create, emulate, get, to } from "../call.ts";
import { stores } from "../model/stores.ts";

const starts = [1, 2, 10_000, 1e15, 2 ** 53, 2 ** 64, 1e300];
const cases = Object.keys(stores).flatMap((name) => starts.map((start) => ({ name, start })));

test.each(cases)("returns an empty last page for StartIndex $start, with the store $name", async ({ name, start }) => {
  const emulator = emulate({}, { store: stores[name]?.() });
  await create(emulator, "a", [to("bob")]);
  expect(await get(emulator, start)).toMatchObject({ ContactItem: [], CompleteFlag: 1, NextStartIndex: 0 });
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "get.beyond-end", code: 0 });
});

test.each(["-0", "0.0", "0e5"])("reads %s as 0", async (zero) => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  const page = await call(emulator, "getContactGroup", `{"From_Account":"ann","StartIndex":${zero}}`);
  expect(page).toEqual(await get(emulator));
});
