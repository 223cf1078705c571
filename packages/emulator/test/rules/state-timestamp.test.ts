import { expect, test } from "vitest";
import { added, bits, create, emulate, get, mark, now, regroup, remove, removed, seconds, to } from "../call.ts";

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

test("moves with every operation that changes groups or marks of the conversation", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob"), to("cat")]);
  await create(emulator, "b", [to("bob")]);
  const steps = [
    () => regroup(emulator, "b", added(to("bob")), removed(to("cat"))),
    () => regroup(emulator, "b", added(to("cat"))),
    () => mark(emulator, bits(to("bob"), [0]), bits(to("cat"), [], [0])),
    () => regroup(emulator, "b", removed(to("bob"))),
    () => remove(emulator, "a"),
  ];
  const moved = [[0, 0]];
  for (const [index, step] of steps.entries()) {
    emulator.clock.freeze(now + 1000 * (index + 1));
    await step();
    const { ContactItem } = await get(emulator);
    moved.push(ContactItem.map(({ Timestamp }: { readonly Timestamp: number }) => Timestamp - seconds));
  }
  expect(moved).toEqual([
    [0, 0],
    [0, 0],
    [0, 2],
    [3, 2],
    [4, 2],
    [5, 5],
  ]);
});
