import { type OperationId, operations } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { call, emulate, failure, get, search, to } from "../call.ts";
import type { Emulator } from "../../src/index.ts";

const { calls } = operations.getContactGroup.rate;

async function codes(emulator: Emulator, times: number): Promise<number[]> {
  const responses = await Promise.all(Array.from({ length: times }, () => get(emulator)));
  return responses.map(({ ErrorCode }) => ErrorCode);
}

test("accepts the documented number of calls in a second and rejects the next", async () => {
  const emulator = emulate();
  expect(new Set(await codes(emulator, calls))).toEqual(new Set([0]));
  expect(await get(emulator)).toMatchObject(failure("CallRateExceeded", "request.rate"));
});

test("counts each operation separately, and starts again with the next second", async () => {
  const emulator = emulate();
  await codes(emulator, calls + 1);
  expect(await search(emulator, [to("bob")])).toMatchObject({ ErrorCode: 0 });
  emulator.clock.advance(1000);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("accepts another limit, or none", async () => {
  const few = emulate({ rateLimit: { calls: 2, seconds: 60 } });
  expect((await codes(few, 3)).map((code) => code === 0)).toEqual([true, true, false]);
  expect(new Set(await codes(emulate({ rateLimit: "off" }), calls + 50))).toEqual(new Set([0]));
});

test("clears its counts at a reset", async () => {
  const emulator = emulate({ rateLimit: { calls: 1, seconds: 60 } });
  await get(emulator);
  emulator.reset();
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("counts the calls of every operation, those that fail included", async () => {
  const emulator = emulate({ rateLimit: { calls: 1, seconds: 60 } });
  const rejected = failure("CallRateExceeded", "request.rate");
  for (const operation of Object.keys(operations) as OperationId[]) {
    expect(await call(emulator, operation, {})).toMatchObject(failure("InvalidRequestParameter", "request.body"));
    expect(await call(emulator, operation, {})).toMatchObject(rejected);
  }
});
