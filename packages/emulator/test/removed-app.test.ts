import { expect, test } from "vitest";
import { createEmulatorOf, partsOf } from "../src/create-emulator.ts";
import { createEmulator, createMemoryStore, type Store } from "../src/index.ts";
import type { LiveApp } from "../src/live-app.ts";
import { createSqliteStore } from "../src/node.ts";
import { readLines } from "../src/state/state-text.ts";
import { emulate, people } from "./call.ts";

const stores: readonly (readonly [string, () => Store | undefined])[] = [
  ["its own store", () => undefined],
  ["a store in memory", createMemoryStore],
  ["SQLite", () => createSqliteStore({ path: ":memory:" })],
];
const apps = [{ sdkAppId: 1 }, { sdkAppId: 2 }];
const seed = { apps: [{ accounts: ["one"] }, { sdkAppId: 2, accounts: ["two"] }] };
const importAccount = (sdkAppId: number): string =>
  `/v4/im_open_login_svc/account_import?sdkappid=${sdkAppId}&identifier=administrator&usersig=x&random=1&contenttype=json`;

test.each(stores)(
  "a call that came before its app was removed fails, and writes nothing, with %s",
  async (_, store) => {
    const emulator = emulate({}, { store: store() });
    const app = emulator.app({ seed: { apps: [people] } });
    app.faults.add({ error: 50004 });
    const { core } = partsOf(emulator);
    const call = { method: "POST", target: importAccount(app.sdkAppId), body: '{"UserID":"late"}' };
    const [alone, inBatch] = [await core.prepare(call), await core.prepare(call)];
    emulator.removeApp(app.sdkAppId);
    for (const { code, rule } of [core.respond(alone), ...core.respondAll([inBatch])])
      expect([code, rule]).toEqual([70020, "request.app"]);
    expect(emulator.calls.map(({ sdkAppId }) => sdkAppId)).toEqual([undefined, undefined]);
    expect(emulator.app(app.sdkAppId).snapshot()).toEqual({ apps: [] });
  },
);

test.each(stores)("an app that was removed can no longer be written, with %s", async (_, store) => {
  const own = { apps: [{ accounts: ["own"] }] };
  const emulator = emulate({}, { store: store() });
  const app = emulator.app({ seed: own });
  emulator.removeApp(app.sdkAppId);
  const message = `The app ${app.sdkAppId} was removed.`;
  for (const write of [() => app.seed(own), () => app.restore(own), () => app.reset()]) expect(write).toThrow(message);
  for (const write of [app.seedLines, app.restoreLines])
    await expect(write(['{"accounts":["late"]}\n'])).rejects.toThrow(message);
  const added = emulator.app(app.sdkAppId);
  expect(added.snapshot()).toEqual({ apps: [] });
  // The one that has its SDKAppID now is another one.
  expect(() => app.seed(own)).toThrow(message);
});

test.each(stores)("a state that is read while its app is removed is not written, with %s", async (_, store) => {
  for (const scope of ["app", "emulator"] as const) {
    const emulator = createEmulator({ apps, store: store() });
    const text = async function* (): AsyncGenerator<string, void> {
      yield '{"sdkAppId":2,"accounts":["early"]}\n';
      emulator.removeApp(2);
      yield '{"sdkAppId":2,"accounts":["late"]}\n';
    };
    const message =
      scope === "app" ? "The app 2 was removed." : "/sdkAppId must be 1, but is 2: there is no such app here";
    await expect((scope === "app" ? emulator.app(2) : emulator).seedLines(text())).rejects.toThrow(message);
    expect(emulator.app(2).snapshot()).toEqual({ apps: [] });
    await expect(emulator.app(2).restoreLines(text())).rejects.toThrow("The app 2 was removed.");
    expect(emulator.app(2).snapshot()).toEqual({ apps: [] });
  }
});

test("an import into an app that is removed meanwhile gets 409", async () => {
  const emulator = createEmulator({ apps });
  const body = ReadableStream.from(
    (async function* () {
      yield new TextEncoder().encode('{"accounts":["late"]}\n');
      emulator.removeApp(2);
    })(),
  );
  const response = await emulator.fetch("http://emulator.test/__emulator/state?sdkAppId=2", {
    method: "PUT",
    headers: { "Content-Type": "application/x-ndjson" },
    body,
    duplex: "half",
  } as RequestInit);
  expect(await response.json()).toMatchObject({ status: 409, detail: "The app 2 was removed." });
});

test.each(stores)("the other apps are reset and added when one of the seed was removed, with %s", (_, store) => {
  const emulator = createEmulator({ apps, seed, store: store() });
  emulator.removeApp(1);
  emulator.restore({ apps: [] });
  emulator.reset();
  expect(emulator.app(3).snapshot()).toEqual({ apps: [] });
  expect(emulator.snapshot().apps).toMatchObject([{ sdkAppId: 2, accounts: ["two"] }]);
  expect(emulator.app(1).snapshot().apps).toMatchObject([{ sdkAppId: 1, accounts: ["one"] }]);
});

test("the first state is that of the lines for the apps that are left, and each app's own seed", async () => {
  const lines = seed.apps.map((app) => `${JSON.stringify(app)}\n`);
  const emulator = createEmulatorOf(
    { apps: [...apps, { sdkAppId: 3, seed: { apps: [{ accounts: ["own"] }] } }] },
    { firstLines: () => readLines(lines) },
  );
  const { whole } = partsOf(emulator);
  await whole.resetLater();
  expect(emulator.snapshot().apps.map(({ accounts }) => accounts)).toEqual([["one"], ["two"], ["own"]]);
  emulator.app({ sdkAppId: 4, seed: { apps: [{ accounts: ["later"] }] } });
  emulator.removeApp(1);
  emulator.restore({ apps: [] });
  await whole.resetLater();
  const left = emulator.snapshot();
  expect(left.apps.map(({ accounts }) => accounts)).toEqual([["two"], ["own"], ["later"]]);
  emulator.restore({ apps: [] });
  for (const app of emulator.apps) await (app as LiveApp).resetLater();
  expect(emulator.snapshot()).toEqual(left);
});
