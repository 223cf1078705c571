import { expect, test } from "vitest";
import { create, emulate, get, now } from "../call.ts";
import { send, problem } from "./send.ts";

test("freezes, sets, advances and runs the clock", async () => {
  let time = now;
  const emulator = emulate({}, { now: () => time });
  const clock = async (method: string, body?: object) => (await send(emulator, method, "/clock", body)).body as unknown;

  expect(await clock("GET")).toEqual({ now, frozen: false });
  expect(await clock("PUT", { now: 5000, frozen: true })).toEqual({ now: 5000, frozen: true });
  time += 10;
  expect(await clock("PATCH", { advanceMs: 1000 })).toEqual({ now: 6000, frozen: true });
  expect(await clock("PATCH", { frozen: false })).toEqual({ now: 6000, frozen: false });
  time += 10;
  expect(await clock("PATCH", { advanceMs: -10, frozen: true })).toEqual({ now: 6000, frozen: true });
  expect(await clock("PUT", { now: 7000 })).toEqual({ now: 7000, frozen: false });
  time += 10;
  expect(await clock("GET")).toEqual({ now: 7010, frozen: false });
});

test("rejects a time beyond all dates", async () => {
  const emulator = emulate();
  expect(await send(emulator, "PUT", "/clock", { now: -1 })).toMatchObject(
    problem(422, { pointer: "#/now" }, "at least 0"),
  );
  expect(await send(emulator, "PATCH", "/clock", { advanceMs: -now - 1 })).toMatchObject(
    problem(422, { pointer: "#/advanceMs" }, "must lead to a time from 1970"),
  );
  expect(emulator.clock.now()).toBe(now);
});

test("lists the calls, and those since a number", async () => {
  const emulator = emulate();
  expect(await send(emulator, "GET", "/journal")).toMatchObject({ body: { calls: [], last: 0 } });
  await create(emulator, "a");
  await get(emulator);
  const all = await send(emulator, "GET", "/journal");
  expect(all.body).toMatchObject({
    last: 2,
    calls: [
      { number: 1, user: "ann", rule: "create.new-group", code: 0 },
      { number: 2, user: "ann", rule: "get.page", code: 0 },
    ],
  });
  expect(all.body.calls).toEqual(JSON.parse(JSON.stringify(emulator.calls)));
  expect((await send(emulator, "GET", "/journal?since=1")).body).toEqual({ last: 2, calls: [all.body.calls[1]] });
  expect((await send(emulator, "GET", "/journal?since=2")).body).toEqual({ last: 2, calls: [] });
});

test("counts from 1 again after the journal was cleared", async () => {
  const emulator = emulate();
  await get(emulator);
  expect(await send(emulator, "DELETE", "/journal")).toMatchObject({ status: 204 });
  expect(emulator.calls).toEqual([]);
  await get(emulator);
  expect(emulator.calls).toMatchObject([{ number: 1 }]);
});
