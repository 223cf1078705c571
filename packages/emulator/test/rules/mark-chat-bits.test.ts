import { bitFields } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { bits, codes, custom, emulate, failure, get, mark, to } from "../call.ts";

const { bits: named, appBits } = bitFields.StandardMark;
const known = Object.values(named);
const unnamed = [Math.max(...known) + 1, appBits.first - 1];

test("sets and clears bits that have no name and are not the app's own", async () => {
  const emulator = emulate();
  expect(codes(await mark(emulator, bits(to("bob"), unnamed), bits(to("bob"), [], unnamed.slice(1))))).toEqual([0, 0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ StandardMark: `1${"0".repeat(unnamed[0]!)}` }]);
});

test.each([
  ["SetMark", [unnamed[0]!], undefined],
  ["ClearMark", undefined, [unnamed[1]!]],
] as const)("rejects them in %s when the setting says so, and marks nothing", async (field, set, clear) => {
  const emulator = emulate({ chatBits: "reject" });
  const response = await mark(emulator, custom(to("cat"), "x"), bits(to("bob"), set, clear));
  expect(response).toMatchObject(failure("InvalidRequestParameter", "mark.chat-bits"));
  expect(response.ErrorInfo).toContain(
    `/MarkItem/1/${field}/0 must be a bit with a name, or from ${appBits.first} to ${appBits.last}`,
  );
  expect((await get(emulator))["ContactItem"]).toEqual([]);
});

test("accepts the other bits when the setting rejects those", async () => {
  const emulator = emulate({ chatBits: "reject" });
  const others = [...known, appBits.first, appBits.last];
  expect(codes(await mark(emulator, bits(to("bob"), others), bits(to("bob"), [], others)))).toEqual([0, 0]);
});
