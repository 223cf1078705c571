import { expect, test } from "vitest";
import { bits, emulate, get, mark, to } from "../call.ts";

const standardMark = async (emulator: ReturnType<typeof emulate>): Promise<unknown> =>
  (await get(emulator))["ContactItem"][0]?.StandardMark;

test("sets a bit that an item both sets and clears", async () => {
  const emulator = emulate();
  await mark(emulator, bits(to("bob"), [0, 2], [2, 1]));
  expect(await standardMark(emulator)).toBe("101");
});

test("clears it when the setting says so", async () => {
  const emulator = emulate({ markConflict: "clear" });
  await mark(emulator, bits(to("bob"), [0, 2], [2, 1]));
  expect(await standardMark(emulator)).toBe("1");
  await mark(emulator, bits(to("bob"), [0], [0]));
  expect(await standardMark(emulator)).toBeUndefined();
});
