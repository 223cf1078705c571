import { expect, test } from "vitest";
import { create, emulate, get, now, to } from "../call.ts";

test("answers nothing of its own before a fault was added, nor after it was removed", async () => {
  const emulator = emulate();
  expect(await create(emulator, "a")).toMatchObject({ ErrorCode: 0 });
  const fault = emulator.faults.add({ error: "InternalFailure" });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 50004 });
  expect([fault.remove(), fault.remove()]).toEqual([true, false]);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("does nothing before it speaks, so that the group is not there", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: "NetworkTimeout", times: 1 });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({
    ActionStatus: "FAIL",
    ErrorCode: 50005,
    ErrorInfo: "Network timeout. [fault] The fault 1 answers so.",
  });
  expect((await get(emulator))["GroupItem"]).toEqual([]);
});

test("lets the operation be done first when the fault is after, so that the group is there", async () => {
  const emulator = emulate();
  emulator.faults.add({ error: "NetworkTimeout", times: 1, when: "after" });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({ ErrorCode: 50005 });
  expect((await get(emulator))["GroupItem"]).toEqual([{ GroupName: "a", GroupId: 1 }]);
});

test("speaks to a call that the gate would refuse, and counts no rate for it", async () => {
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
      why: "The fault 1 answered 50005, and the operation was not done",
    },
    {
      rule: "fault",
      fault: 2,
      code: 12345,
      user: "ann",
      why: "The fault 2 answered 12345, after [create.new-group] The group 1 was created; the call put 0 conversations in it",
    },
  ]);
});
