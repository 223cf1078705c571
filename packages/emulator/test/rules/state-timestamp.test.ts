import { expect, test } from "vitest";
import { create, emulate, get, now, seconds, to } from "../call.ts";

test("is the second of the last change, and stays when nothing changes", async () => {
  const emulator = emulate();
  const timestamps = async () =>
    (await get(emulator))["ContactItem"].map(({ Timestamp }: { Timestamp: number }) => Timestamp);
  await create(emulator, "a", [to("bob"), to("cat")]);
  expect(await timestamps()).toEqual([seconds, seconds]);
  emulator.clock.freeze(now + 5999);
  await create(emulator, "a", [to("bob")]);
  expect(await timestamps()).toEqual([seconds, seconds]);
  await create(emulator, "b", [to("bob")]);
  expect(await timestamps()).toEqual([seconds + 5, seconds]);
});
