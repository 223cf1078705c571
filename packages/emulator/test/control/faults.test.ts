import { expect, test } from "vitest";
import { codes, create, emulate, get, to } from "../call.ts";
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

test("adds a fault of conversations, and shows what it has counted", async () => {
  const emulator = emulate();
  const fault = { conversations: [{ id: "bob", error: "NetworkTimeout", times: 1 }] };
  const counted = (matched: number, triggered: number): object => ({
    id: 1,
    matched,
    triggered,
    conversations: [{ ...fault.conversations[0], matched, triggered }],
  });
  expect(await send(emulator, "POST", "/faults", fault)).toMatchObject({ status: 201, body: counted(0, 0) });
  expect(codes(await create(emulator, "a", [to("bob"), to("cat")]))).toEqual([50005, 0]);
  expect(codes(await create(emulator, "a", [to("bob"), to("cat")]))).toEqual([0, 0]);
  expect(await send(emulator, "GET", "/faults/1")).toMatchObject({ body: counted(2, 1) });
  expect(await send(emulator, "POST", "/faults", { ...fault, operation: "getContactGroup" })).toMatchObject(
    problem(422, { pointer: "#/operation" }, "must be one of createContactGroup"),
  );
  expect(await send(emulator, "POST", "/faults", { conversations: [{ user: "bob", error: 1 }] })).toMatchObject(
    problem(422, { pointer: "#/conversations/0/user" }, 'must not have the field "user". Its fields can be id, index,'),
  );
});

test("is not affected by faults", async () => {
  const emulator = emulate();
  emulator.faults.add({ reset: true });
  expect(await send(emulator, "GET", "/health")).toMatchObject({ status: 200 });
  expect(emulator.calls).toEqual([]);
});
