import { createClient } from "@contact-groups/client";
import { expect, test } from "vitest";
import { createEmulator, defaultSettings, type EmulatedApp, type Emulator } from "../src/index.ts";
import { create, emulate, get, now, people, to } from "./call.ts";
import { stores } from "./model/stores.ts";

const seed = { apps: [people] };
const of = ({ sdkAppId }: EmulatedApp) => ({ query: { sdkappid: String(sdkAppId) } });

/** What a worker sees of its app after a script of its own: everything that a test can assert. */
async function work({ fetch }: Pick<Emulator, "fetch">, app: EmulatedApp, number: number): Promise<object> {
  const client = createClient({
    fetch,
    baseUrl: "http://emulator.test",
    sdkAppId: app.sdkAppId,
    identifier: "administrator",
    userSig: "any-text",
    random: () => 1,
    retry: false,
  });
  app.seed(seed);
  app.clock.freeze(now + number * 1000);
  app.changeSettings({ pageSize: number + 1 });
  app.faults.add({ operation: "getContactGroup", nth: 2, error: "NetworkTimeout" });
  const seen: unknown[] = [];
  const GroupContactItem = [{ GroupName: `group ${number}`, ContactItem: [to("bob")] }];
  seen.push(await client.createContactGroup({ From_Account: "ann", GroupContactItem }));
  for (let index = 0; index < 3; index++)
    seen.push(await client.getContactGroup({ From_Account: "ann", StartIndex: 0 }).catch(({ code }) => code as number));
  app.reset();
  seen.push(app.snapshot(), app.calls, app.faults.list(), app.clock.now());
  app.seed(seed);
  seen.push(await client.getContactGroup({ From_Account: "ann", StartIndex: 0 }), app.calls, app.settings);
  return seen;
}

test.each(Object.keys(stores))("50 workers on one emulator do not see each other, with the store %s", async (name) => {
  const emulator = createEmulator({ now: () => now, store: stores[name]?.() as never });
  const apps = Array.from({ length: 50 }, () => emulator.app());
  expect(new Set(apps.map(({ sdkAppId }) => sdkAppId)).size).toBe(50);
  const together = await Promise.all(apps.map((app, index) => work(emulator, app, index)));

  // Each has seen what it sees alone.
  for (const [index, { sdkAppId }] of apps.entries()) {
    if (index % 10 > 0) continue;
    const own = createEmulator({ now: () => now, apps: [{ sdkAppId }] });
    expect(together[index]).toEqual(await work(own, own.app(sdkAppId), index));
  }
  await emulator.close();
});

test("returns the app of an SDKAppID, and adds it when there is none", () => {
  const emulator = createEmulator();
  expect(emulator.app(1400000000)).toBe(emulator.apps[0]);
  const added = emulator.app(7);
  expect(emulator.app(7)).toBe(added);
  expect(emulator.app().sdkAppId).toBe(1400000001);
  expect(emulator.apps.map(({ sdkAppId }) => sdkAppId)).toEqual([1400000000, 7, 1400000001]);
});

test("adds an app with its own settings, seed and administrators", async () => {
  const emulator = emulate({ pageSize: 3 });
  const app = emulator.app({ admins: ["root"], settings: { existingName: "error" }, seed });
  expect(app.settings).toEqual({ ...defaultSettings, pageSize: 3, existingName: "error" });
  const call = { query: { ...of(app).query, identifier: "root" } };
  expect(await get(emulator, 0, call)).toMatchObject({ ErrorCode: 0 });
  expect(await get(emulator, 0, of(app))).toMatchObject({ ErrorCode: 60010 });
});

test.each([
  [{ sdkAppId: 1400000000 }, "sdkAppId must be unique, but apps[0] has 1400000000 as well."],
  [{ sdkAppId: 1.5 }, "sdkAppId must be a positive integer, but is 1.5."],
  [{ settings: { pageSize: 0 } }, "The setting pageSize must be a positive integer, but is 0."],
  [{ seed: { apps: [{ sdkAppId: 5 }] } }, "/apps/0/sdkAppId must be 1400000001, but is 5"],
])("rejects the app %j, and adds nothing", (app, message) => {
  const emulator = emulate();
  const before = emulator.snapshot();
  expect(() => emulator.app(app)).toThrow(message);
  expect(emulator.apps).toHaveLength(1);
  expect(emulator.snapshot()).toEqual(before);
});

test("removes an app with its state, but not the only one", async () => {
  const emulator = emulate();
  const app = emulator.app({ seed });
  expect(emulator.removeApp(app.sdkAppId)).toBe(true);
  expect(emulator.removeApp(app.sdkAppId)).toBe(false);
  expect(emulator.app(app.sdkAppId).snapshot()).toEqual({ apps: [] });
  emulator.removeApp(1400000000);
  expect(() => emulator.removeApp(app.sdkAppId)).toThrow(RangeError);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 70020 });
});

test("shows the emulator's time in an app until its clock is set, and the app's own time in the header Date", async () => {
  const emulator = emulate();
  const [first, second] = [emulator.apps[0]!, emulator.app({ seed })];
  emulator.clock.advance(5000);
  second.clock.advance(60_000);
  expect([first.clock.now(), second.clock.now()]).toEqual([now + 5000, now + 65_000]);
  await create(emulator, "a", [to("bob")], of(second));
  expect(second.snapshot().apps[0]?.users?.[0]?.conversations?.[0]?.timestamp).toBe((now + 65_000) / 1000);

  const { url } = await emulator.listen();
  for (const app of [first, second]) {
    const query = `sdkappid=${app.sdkAppId}&identifier=administrator&usersig=x&random=1&contenttype=json`;
    for (const send of [fetch, emulator.fetch]) {
      const response = await send(`${url}/v4/recentcontact/get_contact_group?${query}`, { method: "POST", body: "{}" });
      expect(response.headers.get("Date")).toBe(new Date(app.clock.now()).toUTCString());
    }
  }
  await emulator.close();
});

test("triggers a fault of the app before one of the emulator, and only in that app", async () => {
  const emulator = emulate();
  const app = emulator.app({ seed });
  emulator.faults.add({ error: 50004 });
  app.faults.add({ error: 50005, times: 1 });
  expect(await get(emulator, 0, of(app))).toMatchObject({ ErrorCode: 50005 });
  expect(await get(emulator, 0, of(app))).toMatchObject({ ErrorCode: 50004 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 50004 });
  expect(emulator.faults.list()).toMatchObject([{ matched: 3, triggered: 2 }]);
});

test("a call shows whether its fault is of its app or of the emulator", async () => {
  const emulator = emulate();
  const app = emulator.app({ seed });
  emulator.faults.add({ error: 50004, times: 1 });
  app.faults.add({ error: 50005, times: 1 });
  const own = await get(emulator, 0, of(app));
  expect(own["ErrorInfo"]).toMatch(/\[fault\] The fault 1 of the app 1400000001 was triggered\.$/);
  expect((await get(emulator, 0, of(app)))["ErrorInfo"]).toMatch(/\[fault\] The fault 1 was triggered\.$/);
  for (const { calls } of [emulator, app])
    expect(calls.map(({ fault, faultApp, why }) => [fault, faultApp, why])).toEqual([
      [1, 1400000001, "The fault 1 of the app 1400000001 sent the error 50005, and the operation was not run"],
      [1, undefined, "The fault 1 sent the error 50004, and the operation was not run"],
    ]);
});

test("rejects a fault of an app that names another app", () => {
  const app = emulate().app();
  expect(() => app.faults.add({ error: 1, sdkAppId: 5 })).toThrow(
    "/sdkAppId must be 1400000001, because the fault is of that app alone, but is 5.",
  );
  app.faults.add({ error: 1, sdkAppId: app.sdkAppId });
  expect(app.faults.list()).toHaveLength(1);
});

test("counts the rate of each app by itself", async () => {
  const emulator = emulate({ rateLimit: { calls: 1, seconds: 1 } });
  const app = emulator.app({ seed });
  const codes = [];
  for (const options of [{}, of(app), {}, of(app)]) codes.push((await get(emulator, 0, options))["ErrorCode"]);
  expect(codes).toEqual([0, 0, 60007, 60007]);
  app.changeSettings({ rateLimit: "off" });
  expect(await get(emulator, 0, of(app))).toMatchObject({ ErrorCode: 0 });
});

test("seeds, resets and restores all apps at once, all or nothing", async () => {
  const emulator = createEmulator({
    apps: [{ sdkAppId: 1 }, { sdkAppId: 2, seed: { apps: [{ accounts: ["own"] }] } }],
    seed: { apps: [{ accounts: ["a"] }, { sdkAppId: 2, accounts: ["b"] }] },
  });
  const first = emulator.snapshot();
  expect(first.apps).toMatchObject([{ accounts: ["a"] }, { accounts: ["b", "own"] }]);
  expect(() => emulator.seed({ apps: [{ accounts: ["x"] }, { sdkAppId: 3 }] })).toThrow(
    "/apps/1/sdkAppId must be one of 1, 2, but is 3",
  );
  expect(emulator.snapshot()).toEqual(first);
  emulator.seed({ apps: [{ accounts: ["x"] }, { sdkAppId: 2, accounts: ["y"] }] });
  emulator.reset();
  expect(emulator.snapshot()).toEqual(first);
  emulator.restore({ apps: [{ sdkAppId: 2, accounts: ["only"] }] });
  expect(emulator.snapshot().apps).toMatchObject([{ sdkAppId: 2, accounts: ["only"] }]);
  emulator.app(2).reset();
  expect(emulator.snapshot().apps).toMatchObject([{ sdkAppId: 2, accounts: ["b", "own"] }]);
});

test("keeps what a store holds of an app, and seeds the other apps", () => {
  const store = stores["SQLite"]!() as never;
  createEmulator({ store, apps: [{ sdkAppId: 1 }], seed: { apps: [{ accounts: ["kept"] }] } });
  const emulator = createEmulator({
    store,
    apps: [{ sdkAppId: 1 }, { sdkAppId: 2 }],
    keepState: true,
    seed: { apps: [{ accounts: ["new"] }, { sdkAppId: 2, accounts: ["new"] }] },
  });
  expect(emulator.snapshot().apps).toMatchObject([{ accounts: ["kept"] }, { accounts: ["new"] }]);
});
