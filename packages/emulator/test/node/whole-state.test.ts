/** The whole state over HTTP, in pieces. */
import { EventEmitter, once } from "node:events";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, expect, test } from "vitest";
import { partsOf } from "../../src/create-emulator.ts";
import { createSqliteStore } from "../../src/node.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { allUsers } from "../../src/store/store.ts";
import { emulate } from "../call.ts";
import { manyUsers } from "../state/many.ts";
import { createFolder } from "../store/folder.ts";
import { dial, statusesOf } from "./raw.ts";
import { serve } from "./serve.ts";

const folder = createFolder();
afterAll(folder.remove);

const linesType = "application/x-ndjson";
const state = async (url: string, accept = "application/json", init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/__emulator/state`, { ...init, headers: { Accept: accept, "Content-Type": accept } });

test.each(["application/json", linesType])("PUT accepts what GET returns as %s, of any size", async (type) => {
  const { emulator, listener } = await serve({ emulator: { seed: manyUsers(6000) } });
  const before = emulator.snapshot();
  const response = await state(listener.url, type);
  expect([response.headers.get("Content-Type"), response.headers.get("Content-Length")]).toEqual([type, null]);
  const text = await response.text();
  expect(text.length).toBeGreaterThan(1024 * 1024);
  emulator.restore({ apps: [] });
  const put = await state(listener.url, type, { method: "PUT", body: text });
  expect([put.status, await put.text()]).toEqual([204, ""]);
  expect(emulator.snapshot()).toEqual(before);
});

test("a request that breaks off in the middle, or is slow, changes nothing, and calls are handled meanwhile", async () => {
  const { emulator, listener } = await serve({
    emulator: { seed: manyUsers(100) },
    limits: { requestMs: 50, lingerMs: 20 },
  });
  const before = emulator.snapshot();
  const text = await (await state(listener.url, linesType)).text();
  const end = text.indexOf("\n") + 1;
  const put = request(`${listener.url}/__emulator/state`, {
    method: "PUT",
    headers: { "Content-Type": linesType },
  });
  put.on("error", () => undefined).write(text.slice(0, end));
  // Another request that takes as long is ended.
  const slow = "POST /__emulator/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{";
  expect(statusesOf(await dial(listener, slow).closed)).toEqual([408]);
  expect((await state(listener.url)).status).toBe(200);
  expect([emulator.snapshot(), put.destroyed]).toEqual([before, false]);
  const closed = new Promise((resolve) => put.once("close", resolve));
  put.destroy();
  await closed;
  expect((await state(listener.url)).status).toBe(200);
  expect(emulator.snapshot()).toEqual(before);
});

test("an invalid line in the middle is the response at once, while the client still sends", async () => {
  const { emulator, listener } = await serve({ emulator: { seed: manyUsers(1) } });
  const before = emulator.snapshot();
  const put = request(`${listener.url}/__emulator/state`, {
    method: "PUT",
    headers: { "Content-Type": linesType },
  });
  put.on("error", () => undefined).write('{"accounts":["a"]}\n{"accounts":[7]}\n{"acc');
  const [response] = (await once(put, "response")) as [import("node:http").IncomingMessage];
  expect(response.statusCode).toBe(422);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk as string;
  expect(JSON.parse(text)).toMatchObject({
    detail: "Line 2: /accounts/0 must be a string, but is 7.",
    errors: [{ pointer: "#/accounts/0" }],
  });
  expect(emulator.snapshot()).toEqual(before);
});

test("a client that leaves an export does not disturb the next one", async () => {
  const { listener } = await serve({ emulator: { seed: manyUsers(6000) } });
  const response = await state(listener.url);
  await response.body!.cancel();
  expect(((await (await state(listener.url)).json()) as { apps: unknown[] }).apps.length).toBeGreaterThan(10);
});

test("a backup ends when its client has left before the response", async () => {
  const emulator = emulate({}, { store: createSqliteStore({ path: folder.newFile() }) });
  const { control } = partsOf(emulator);
  const events = new EventEmitter();
  const [isBegun, isLeft] = [once(events, "begun"), once(events, "left")];
  const respond: typeof control.respond = async (given) => {
    const response = await control.respond(given);
    events.emit("begun");
    await isLeft;
    return response!;
  };
  const { listener } = await serve({ control: { ...control, respond } });
  const path = "/__emulator/backup";
  const { socket, closed } = dial(listener, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await isBegun;
  socket.resetAndDestroy();
  await closed;
  // Its response shows that the listener has seen the end of the other connection.
  await fetch(listener.url);
  events.emit("left");
  const next = await fetch(listener.url + path);
  expect([next.status, (await next.bytes()).length > 0]).toEqual([200, true]);
  await emulator.close();
});

test("an error in the middle of an export breaks the connection off", async () => {
  const path = folder.newFile();
  const { emulator, listener } = await serve({
    emulator: { store: createSqliteStore({ path }), seed: manyUsers(6000) },
  });
  const response = await state(listener.url);
  await emulator.close();
  await expect(response.text()).rejects.toThrow("terminated");
});

test("GET /backup returns a copy of the database, and 409 for a state in memory", async () => {
  const store = createSqliteStore({ path: folder.newFile() });
  const { emulator, listener } = await serve({ emulator: { store, seed: manyUsers(3000) } });
  const response = await fetch(`${listener.url}/__emulator/backup`);
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "application/vnd.sqlite3"]);
  const path = folder.newFile();
  writeFileSync(path, await response.bytes());
  const copy = createSqliteState({ path });
  expect([...allUsers(copy, 1400000000)]).toHaveLength(3000);
  copy.close();
  await emulator.close();

  const inMemory = await serve();
  const rejected = await fetch(`${inMemory.listener.url}/__emulator/backup`);
  expect(await rejected.json()).toMatchObject({
    status: 409,
    detail: "The state is in memory, so there is no file. GET /__emulator/state exports it.",
  });
});
