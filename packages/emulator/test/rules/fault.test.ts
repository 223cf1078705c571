import { expect, test } from "vitest";
import { create, emulate, get, now, to } from "../call.ts";

test("changes no response before a fault is added, nor after it is removed", async () => {
  const emulator = emulate();
  expect(await create(emulator, "a")).toMatchObject({ ErrorCode: 0 });
  const fault = emulator.faults.add({ error: "InternalFailure" });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 50004 });
  expect([fault.remove(), fault.remove()]).toEqual([true, false]);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("runs no operation when it is triggered before, so that the group does not exist", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: "NetworkTimeout", times: 1 });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({
    ActionStatus: "FAIL",
    ErrorCode: 50005,
    ErrorInfo: "Network timeout. [fault] The fault 1 was triggered.",
  });
  expect((await get(emulator))["GroupItem"]).toEqual([]);
});

test("runs the operation first when the fault is after, so that the group exists", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: "NetworkTimeout", times: 1, when: "after" });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({ ErrorCode: 50005 });
  expect((await get(emulator))["GroupItem"]).toEqual([{ GroupName: "a", GroupId: 1 }]);
});

test("is triggered at a call that a request check would reject, and counts no rate for it", async () => {
  const emulator = emulate({ rateLimit: { calls: 1, seconds: 1 } });
  const fault = emulator.faults.add({ error: "ServiceTimeout" });
  await get(emulator);
  expect(await create(emulator, "")).toMatchObject({ ErrorCode: 60008 });
  fault.remove();
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("is in the journal with what the fault did, and what the operation had done", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: "NetworkTimeout", operation: "getContactGroup" });
  emulator.faults.add({ error: 12345, operation: "createContactGroup", when: "after" });
  await get(emulator);
  await create(emulator, "a");
  expect(emulator.calls).toMatchObject([
    {
      number: 1,
      at: now,
      rule: "fault",
      fault: 1,
      code: 50005,
      why: "The fault 1 sent the error 50005, and the operation was not run",
    },
    {
      rule: "fault",
      fault: 2,
      code: 12345,
      user: "ann",
      why: "The fault 2 sent the error 12345, after [create.new-group] The group 1 was created; the call added 0 conversations",
    },
  ]);
});
