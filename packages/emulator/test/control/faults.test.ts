import { expect, test } from "vitest";
import { create, emulate, get } from "../call.ts";
import { send, problem } from "./send.ts";

test("adds, shows and removes faults", async () => {
  const emulator = emulate();
  const fault = { operation: "getContactGroup", error: "NetworkTimeout", times: 1 };
  expect(await send(emulator, "POST", "/faults", fault)).toMatchObject({
    status: 201,
    body: { ...fault, id: 1, matched: 0, triggered: 0 },
  });
  await send(emulator, "POST", "/faults", { delayMs: 0 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 50005 });
  await create(emulator, "a");
  expect(await send(emulator, "GET", "/faults")).toMatchObject({
    body: {
      faults: [
        { id: 1, matched: 1, triggered: 1 },
        { id: 2, matched: 2, triggered: 1 },
      ],
    },
  });
  expect(await send(emulator, "GET", "/faults/1")).toMatchObject({ body: { id: 1 } });
  expect(await send(emulator, "DELETE", "/faults/1")).toMatchObject({ status: 204 });
  expect(await send(emulator, "DELETE", "/faults/1")).toMatchObject({ status: 404 });
  expect(await send(emulator, "GET", "/faults/1")).toMatchObject({ status: 404 });
  await send(emulator, "DELETE", "/faults");
  expect(await send(emulator, "GET", "/faults")).toMatchObject({ body: { faults: [] } });
});

test("rejects a fault with the pointer of the invalid value", async () => {
  const emulator = emulate();
  expect(await send(emulator, "POST", "/faults", { error: "Nothing" })).toMatchObject(
    problem(422, { pointer: "#/error" }, "must be a code or a name of the error catalogue"),
  );
  expect(await send(emulator, "POST", "/faults", { eror: 1 })).toMatchObject(
    problem(422, { pointer: "#/eror" }, 'must not have the field "eror". Its fields can be operation, sdkAppId,'),
  );
  expect(await send(emulator, "POST", "/faults", { drip: { bytes: 1 } })).toMatchObject(
    problem(422, { pointer: "#/drip/everyMs" }, "is required"),
  );
  expect(emulator.faults.list()).toEqual([]);
});

test("is not affected by faults", async () => {
  const emulator = emulate();
  emulator.faults.add({ reset: true });
  expect(await send(emulator, "GET", "/health")).toMatchObject({ status: 200 });
  expect(emulator.calls).toEqual([]);
});
