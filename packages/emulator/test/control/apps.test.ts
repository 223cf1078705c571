import { expect, test } from "vitest";
import { defaultSettings } from "../../src/index.ts";
import { call, create, emulate, get, to } from "../call.ts";
import { send } from "./send.ts";

const second = { query: { sdkappid: "1400000001" } };
const secretKey = "0123456789abcdef";

test("adds, lists, reads and removes apps while the emulator runs", async () => {
  const emulator = emulate();
  expect(await get(emulator, 0, second)).toMatchObject({ ErrorCode: 70020 });
  const counts = { accounts: 1, chatGroups: 0, users: 0, calls: 0, faults: 0 };
  const app = { sdkAppId: 1400000001, admins: ["administrator"], userSig: "any", counts };
  const added = await send(emulator, "POST", "/apps", { seed: { apps: [{ accounts: ["ann"] }] } });
  expect(added).toMatchObject({ status: 201, body: app });
  expect(await get(emulator, 0, second)).toMatchObject({ ErrorCode: 0 });
  emulator.app(1400000001).faults.add({ error: 1 });

  const later = { ...app, counts: { ...counts, calls: 1, faults: 1 } };
  expect((await send(emulator, "GET", "/apps/1400000001")).body).toEqual(later);
  expect((await send(emulator, "GET", "/apps")).body.apps).toMatchObject([{ sdkAppId: 1400000000 }, later]);
  expect(await send(emulator, "DELETE", "/apps/1400000001")).toMatchObject({ status: 204 });
  expect(await get(emulator, 0, second)).toMatchObject({ ErrorCode: 70020 });
  expect(await send(emulator, "GET", "/apps/1400000001")).toMatchObject({ status: 404 });
});

test("rejects an app that exists, one that is invalid, and removing the only one", async () => {
  const emulator = emulate();
  expect(await send(emulator, "POST", "/apps", { sdkAppId: 1400000000 })).toMatchObject({ status: 409 });
  for (const [body, detail] of [
    [{ sdkAppId: 0 }, "/sdkAppId must be at least 1"],
    [{ admins: ["a\n"] }, "admins must be UserIDs"],
    [{ settings: { pageSize: 0 } }, "The setting pageSize must be a positive integer"],
    [{ seed: { apps: [{ sdkAppId: 5 }] } }, "/apps/0/sdkAppId must be 1400000001, but is 5"],
    [{ name: "x" }, "The document must not have the field"],
  ] as const)
    expect(await send(emulator, "POST", "/apps", body)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining(detail) },
    });
  expect(emulator.apps).toHaveLength(1);
  expect(await send(emulator, "DELETE", "/apps/1400000000")).toMatchObject({ status: 409 });
});

test("shows no key of an app", async () => {
  const emulator = emulate();
  const added = await send(emulator, "POST", "/apps", { secretKey });
  expect(added.body).toMatchObject({ userSig: "verified" });
  const all = [added, await send(emulator, "GET", "/apps"), await send(emulator, "GET", "/state")];
  expect(JSON.stringify(all)).not.toContain(secretKey);
});

test("changes the settings of an app, or of all", async () => {
  const emulator = emulate();
  const other = emulator.app();
  const path = `/settings?sdkAppId=${other.sdkAppId}`;
  const changed = await send(emulator, "PATCH", path, { pageSize: 7 });
  expect(changed.body).toMatchObject({
    settings: { ...defaultSettings, pageSize: 7 },
    defaults: defaultSettings,
    choices: { existingName: ["add", "error"] },
  });
  expect((await send(emulator, "GET", "/settings")).body.settings).toEqual(defaultSettings);
  await send(emulator, "PATCH", "/settings", { existingName: "error" });
  expect(other.settings).toEqual({ ...defaultSettings, pageSize: 7, existingName: "error" });
  expect(await send(emulator, "PATCH", "/settings", { pageSize: "x" })).toMatchObject({ status: 422 });
  expect(await send(emulator, "PATCH", "/settings", { pagesize: 1 })).toMatchObject({ status: 422 });
});

test("with sdkAppId, is about that app alone", async () => {
  const emulator = emulate();
  const ours = "?sdkAppId=1400000001";
  await send(emulator, "POST", "/apps", {});
  const before = emulator.app(1400000000).snapshot();
  for (const [method, path, body] of [
    ["POST", `/accounts${ours}`, { accounts: ["ann", "bob"] }],
    ["POST", `/seed${ours}`, { apps: [{ users: [{ userId: "ann", groups: [{ name: "own" }] }] }] }],
    ["PUT", `/presets/full-user${ours}`, undefined],
    ["PUT", `/state${ours}`, { apps: [{ accounts: ["ann", "bob", "cat"] }] }],
    ["PUT", `/clock${ours}`, { now: 0, frozen: true }],
    ["POST", `/faults${ours}`, { error: 50004, times: 1 }],
    ["PATCH", `/settings${ours}`, { existingName: "error" }],
  ] as const)
    expect((await send(emulator, method, path, body)).status).toBeLessThan(300);

  expect(emulator.app(1400000000).snapshot()).toEqual(before);
  expect(await create(emulator, "a", [to("bob")])).toMatchObject({ ErrorCode: 0 });
  expect(emulator.app(1400000001).snapshot().apps).toMatchObject([{ accounts: ["ann", "bob", "cat"] }]);
  expect(await get(emulator, 0, second)).toMatchObject({ ErrorCode: 50004 });
  expect((await send(emulator, "GET", `/journal${ours}`)).body).toMatchObject({
    last: 1,
    calls: [{ number: 1, at: 0, code: 50004, sdkAppId: 1400000001 }],
  });
  expect((await send(emulator, "GET", "/journal")).body).toMatchObject({ last: 2 });
  expect(await send(emulator, "POST", `/reset${ours}`)).toMatchObject({ status: 204 });
  expect(emulator.app(1400000001).snapshot()).toEqual({ apps: [] });
  expect(await get(emulator)).toMatchObject({ GroupItem: [{ GroupName: "a" }] });
});

test("finds no app of which there is none", async () => {
  const emulator = emulate();
  for (const path of ["/state", "/faults", "/clock", "/journal", "/settings"])
    expect(await send(emulator, "GET", `${path}?sdkAppId=9`)).toMatchObject({
      status: 404,
      body: { detail: "The emulator has no app 9. GET /__emulator/apps lists all apps." },
    });
  expect(await send(emulator, "POST", "/accounts", { sdkAppId: 9, accounts: [] })).toMatchObject({ status: 404 });
  expect(await call(emulator, "getContactGroup", {})).toMatchObject({ ErrorCode: expect.any(Number) });
});
