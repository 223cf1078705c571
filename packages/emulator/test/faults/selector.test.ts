import { expect, test } from "vitest";
import type { Fault } from "../../src/index.ts";
import { call, create, emulate, get, search, to, type Body } from "../call.ts";

const code = ({ ErrorCode }: Body): number => ErrorCode;

/** The numbers of the calls, from 1 on, at which a fault is triggered. */
async function spokenAt(fault: Fault, calls = 6): Promise<number[]> {
  const emulator = emulate();
  emulator.faults.add(fault);
  const triggered: number[] = [];
  for (let number = 1; number <= calls; number++) if ((await get(emulator)).ErrorCode !== 0) triggered.push(number);
  return triggered;
}

test.each<[Fault, number[]]>([
  [{ error: 1 }, [1, 2, 3, 4, 5, 6]],
  [{ error: 1, times: 2 }, [1, 2]],
  [{ error: 1, nth: 3 }, [3]],
  [{ error: 1, nth: 3, times: 2 }, [3, 4]],
  [{ error: 1, operation: "searchContactGroup" }, []],
  [{ error: 1, user: "bob" }, []],
  [{ error: 1, sdkAppId: 1400000001 }, []],
  [{ error: 1, user: "ann", operation: "getContactGroup", sdkAppId: 1400000000, nth: 6 }, [6]],
])("the fault %j is triggered at the calls %j", async (fault, numbers) => {
  expect(await spokenAt(fault)).toEqual(numbers);
});

test("counts only the calls that it matches", async () => {
  const emulator = emulate();
  emulator.faults.add({ operation: "createContactGroup", user: "ann", nth: 2, error: 1 });
  await get(emulator);
  await create(emulator, "a");
  await call(emulator, "createContactGroup", { From_Account: "bob", GroupContactItem: [{ GroupName: "b" }] });
  await search(emulator, [to("bob")]);
  expect(code(await create(emulator, "c"))).toBe(1);
  expect(emulator.faults.list()).toMatchObject([{ matched: 2, triggered: 1 }]);
});

test("matches the user of a call whose body is invalid, but not of one that cannot be read", async () => {
  const emulator = emulate();
  emulator.faults.add({ user: "ann", error: 1 });
  expect(code(await call(emulator, "getContactGroup", { From_Account: "ann" }))).toBe(1);
  for (const body of ["{", "null", "1", '"ann"', "[]", ""])
    expect(code(await call(emulator, "getContactGroup", body))).not.toBe(1);
});

test("matches calls to an unknown path when it names no operation", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: 1 });
  expect(code(await call(emulator, "getContactGroup", "", { path: "/nothing" }))).toBe(1);
});

test("triggers the first of two faults that are due, and both count", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: 1, nth: 2 });
  emulator.faults.add({ error: 2 });
  expect([code(await get(emulator)), code(await get(emulator)), code(await get(emulator))]).toEqual([2, 1, 2]);
  expect(emulator.faults.list()).toMatchObject([
    { matched: 3, triggered: 1 },
    { matched: 3, triggered: 2 },
  ]);
});

test("selects the same calls in every run of a seed and after a reset, and others with another seed", async () => {
  const fault = { error: 1, probability: 0.3 } as const;
  const draws = await spokenAt(fault, 100);
  expect(await spokenAt(fault, 100)).toEqual(draws);
  expect(await spokenAt({ ...fault, seed: 1 }, 100)).toEqual(draws);
  expect(await spokenAt({ ...fault, seed: 2 }, 100)).not.toEqual(draws);
  expect(draws.length).toBeGreaterThan(20);
  expect(draws.length).toBeLessThan(40);

  const emulator = emulate();
  emulator.faults.add(fault);
  const run = async (): Promise<number[]> => {
    const codes: number[] = [];
    for (let number = 0; number < 20; number++) codes.push(code(await get(emulator)));
    return codes;
  };
  const first = await run();
  emulator.reset();
  expect(emulator.faults.list()).toMatchObject([{ id: 1, matched: 0, triggered: 0 }]);
  expect(await run()).toEqual(first);
});

test("has a random sequence of its own, independent of other faults", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: 1, probability: 0.5, seed: 9 });
  emulator.faults.add({ error: 2, probability: 0.3 });
  const codes: number[] = [];
  for (let number = 1; number <= 100; number++) codes.push(code(await get(emulator)));
  const alone = await spokenAt({ error: 2, probability: 0.3 }, 100);
  expect(alone.filter((number) => codes[number - 1] === 0)).toEqual([]);
});

test("keeps a copy, which cannot be changed from outside", () => {
  const emulator = emulate();
  const fault = { drip: { bytes: 1, everyMs: 0 } };
  emulator.faults.add(fault);
  fault.drip.bytes = 99;
  for (const { drip } of emulator.faults.list()) Object.assign(drip ?? {}, { bytes: 99 });
  expect(emulator.faults.list()).toMatchObject([{ drip: { bytes: 1 } }]);
});
