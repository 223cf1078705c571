import { partsOf } from "../../src/create-emulator.ts";
import { expect, test } from "vitest";
import { createMemoryState } from "../../src/store/memory.ts";
import { toStore } from "../../src/store/store.ts";
import { emulate } from "../call.ts";
import { send, problem } from "./send.ts";

const url = "http://emulator.test/__emulator";

test.each([
  ["PUT", "/presets/half-user", 404, { parameter: "name" }, 'The parameter name must be "full-user", "all-groups", '],
  ["GET", "/faults/one", 404, { parameter: "id" }, 'The parameter id must be an integer, but is "one".'],
  ["GET", "/journal?since=-1", 400, { parameter: "since" }, "must be at least 0"],
  [
    "GET",
    "/journal?sinc=1",
    400,
    { parameter: "sinc" },
    'The query must not have the parameter "sinc". Its parameters can be sdkAppId, since.',
  ],
  ["DELETE", "/accounts/ann?sdkAppId=x", 400, { parameter: "sdkAppId" }, "must be an integer"],
])("rejects the parameter of %s %s with %d", async (method, path, status, place, detail) => {
  expect(await send(emulate(), method, path)).toMatchObject(problem(status, place, detail));
});

test("rejects a parameter that is given twice, and invalid percent-encoding", async () => {
  expect(await send(emulate(), "GET", "/journal?since=1&since=2")).toMatchObject({ status: 400 });
  expect(await send(emulate(), "DELETE", "/accounts/%zz")).toMatchObject({ status: 400 });
});

test.each([
  ["{", 400, "The body is not JSON"],
  ["", 400, "The body is not JSON"],
  ["[]", 422, "The document must be an object, but is an array of 0 items."],
])("rejects the body %j with %d", async (body, status, detail) => {
  const response = await send(emulate(), "POST", "/seed", body);
  expect(response).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
});

test.each([
  ["POST", "/seed", { apps: [{ accounts: 5 }] }, "/apps/0/accounts", "must be an array, but is 5"],
  ["PUT", "/state", { apps: [{ users: { length: 1 } }] }, "/apps/0/users", "must be an array, but is an object"],
  ["POST", "/seed", { apps: [5] }, "/apps/0", "must be an object, but is 5"],
])("rejects the list of %s %s with the body %j", async (method, path, body, pointer, detail) => {
  expect(await send(emulate(), method, path, body)).toMatchObject(
    problem(422, { pointer: `#${pointer}` }, `${pointer} ${detail}`),
  );
});

test("lists the paths, and the methods of a path", async () => {
  expect((await send(emulate(), "GET", "/nothing")).body.detail).toContain("/__emulator/health, /__emulator/apps, ");
  expect(await send(emulate(), "POST", "/clock", {})).toMatchObject({
    status: 405,
    body: { title: "Method Not Allowed", detail: "The method must be GET or PUT or PATCH, but is POST." },
  });
});

test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
  "rejects a body of the type %s, which a page can send to any address",
  async (type) => {
    const headers = { "Content-Type": type };
    const response = await emulate().fetch(`${url}/seed`, { method: "POST", headers, body: '{"apps":[]}' });
    expect(response.status).toBe(415);
  },
);

test("rejects a body that is not UTF-8, or larger than the limit", async () => {
  const control = partsOf(emulate()).control;
  const seed = { method: "POST", target: "/__emulator/seed", contentType: "application/json; charset=utf-8" };
  expect(await control.respond({ ...seed, body: [new Uint8Array([0xff])].values() as never })).toMatchObject({
    status: 400,
  });
  const accounts = { ...seed, target: "/__emulator/accounts" };
  expect(control.respond({ ...accounts, body: { unreadable: "not UTF-8" } })).toMatchObject({ status: 400 });
  expect(control.respond({ ...accounts, body: { unreadable: "too large" } })).toMatchObject({ status: 413 });
  expect(await control.respond({ ...seed, body: '{"apps":[]}' })).toMatchObject({ status: 204, body: "" });
});

test("responds with 500 when the store fails", async () => {
  const store = createMemoryState();
  const emulator = emulate({}, { store: toStore({ ...store, apps: () => fail() }), seed: { apps: [] } });
  expect(await send(emulator, "GET", "/state")).toMatchObject({ status: 500, body: { detail: "The disk is gone" } });
});

test("a preset or a reset that the store cannot keep changes nothing", async () => {
  const store = createMemoryState();
  let isFull = false;
  const transaction: typeof store.transaction = (run) =>
    store.transaction((writer) => {
      const result = run(writer);
      return isFull ? fail() : result;
    });
  const emulator = emulate({}, { store: toStore({ ...store, transaction }) });
  const before = [emulator.snapshot(), emulator.settings, emulator.apps[0]!.settings];
  const app = emulator.apps[0]!;
  emulator.clock.freeze(7);
  app.clock.freeze(8);
  isFull = true;
  expect(() => emulator.reset()).toThrow("The disk is gone");
  expect([emulator.clock.now(), app.clock.now()]).toEqual([7, 8]);
  expect(await send(emulator, "PUT", "/presets/room-for-one")).toMatchObject({ status: 500 });
  expect([emulator.snapshot(), emulator.settings, emulator.apps[0]!.settings]).toEqual(before);
  isFull = false;
  expect(await send(emulator, "PUT", "/presets/room-for-one")).toMatchObject({ status: 204 });
  expect(emulator.apps[0]!.settings.conversationCap).toBe("item");
});

function fail(): never {
  throw new Error("The disk is gone");
}

test("handles no other path", () => {
  const control = partsOf(emulate()).control;
  for (const target of [
    "/__emulator",
    "/__emulators/health",
    "/v4/recentcontact/get_contact_group?x=/__emulator/health",
  ])
    expect(control.respond({ method: "GET", target, body: "" })).toBeUndefined();
});

test("has only its health check when the emulator is public", async () => {
  const emulator = emulate({}, { public: true });
  expect(await send(emulator, "GET", "/health")).toMatchObject({ status: 200, body: { ready: true } });
  expect(await send(emulator, "POST", "/health", {})).toMatchObject({ status: 405 });
  for (const path of ["/state", "/apps", "/", "/health/x"]) {
    const response = await emulator.fetch(`${url}${path}`);
    expect(await response.json()).toMatchObject({ ErrorCode: 60009 });
  }
});

test("accepts a state that is larger than maxBodyBytes", async () => {
  const emulator = emulate({}, { maxBodyBytes: 10 });
  expect(await send(emulator, "PUT", "/state", { apps: [{ accounts: ["somebody"] }] })).toMatchObject({ status: 204 });
});
