import { expect, test } from "vitest";
import { create, emulate, get } from "../call.ts";
import { ask, problem } from "./ask.ts";

test("adds, shows and removes faults", async () => {
  const emulator = emulate();
  const fault = { operation: "getContactGroup", error: "NetworkTimeout", times: 1 };
  expect(await ask(emulator, "POST", "/faults", fault)).toMatchObject({
    status: 201,
    body: { ...fault, id: 1, matched: 0, triggered: 0 },
  });
  await ask(emulator, "POST", "/faults", { delayMs: 0 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 50005 });
  await create(emulator, "a");
  expect(await ask(emulator, "GET", "/faults")).toMatchObject({
    body: {
      faults: [
        { id: 1, matched: 1, triggered: 1 },
        { id: 2, matched: 2, triggered: 1 },
      ],
    },
  });
  expect(await ask(emulator, "GET", "/faults/1")).toMatchObject({ body: { id: 1 } });
  expect(await ask(emulator, "DELETE", "/faults/1")).toMatchObject({ status: 204 });
  expect(await ask(emulator, "DELETE", "/faults/1")).toMatchObject({ status: 404 });
  expect(await ask(emulator, "GET", "/faults/1")).toMatchObject({ status: 404 });
  await ask(emulator, "DELETE", "/faults");
  expect(await ask(emulator, "GET", "/faults")).toMatchObject({ body: { faults: [] } });
});

test("rejects a fault with the place of what is wrong", async () => {
  const emulator = emulate();
  expect(await ask(emulator, "POST", "/faults", { error: "Nothing" })).toMatchObject(
    problem(422, { pointer: "#/error" }, "must be a code or a name of the error catalogue"),
  );
  expect(await ask(emulator, "POST", "/faults", { eror: 1 })).toMatchObject(
    problem(422, { pointer: "#/eror" }, 'must not have the field "eror". Its fields can be operation, sdkAppId,'),
  );
  expect(await ask(emulator, "POST", "/faults", { drip: { bytes: 1 } })).toMatchObject(
    problem(422, { pointer: "#/drip/everyMs" }, "is required"),
  );
  expect(emulator.faults.list()).toEqual([]);
});

test("is out of the reach of faults", async () => {
  const emulator = emulate();
  emulator.faults.add({ reset: true });
  expect(await ask(emulator, "GET", "/health")).toMatchObject({ status: 200 });
  expect(emulator.calls).toEqual([]);
});
