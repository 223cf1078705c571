import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { codesOf, createBody, dial, getBody, request, statusesOf, targetOf } from "./raw.ts";
import { serve } from "./serve.ts";

const noSuchPath = errorCodes.RequestResourceInvalid;

test("responds as the service does, with its headers, and keeps the connection", async () => {
  const { listener } = await serve();
  const response = await fetch(`${listener.url}${targetOf("createContactGroup")}`, {
    method: "POST",
    body: createBody("family"),
  });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "X-Requested-With",
    "access-control-allow-methods": "POST",
    connection: "keep-alive",
    "content-type": "application/json",
  });
  const text = await response.text();
  expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
  expect(JSON.parse(text)).toMatchObject({ ErrorCode: 0, GroupResultItem: [{ GroupItem: { GroupName: "family" } }] });
});

test("responds in UTF-8", async () => {
  const { listener } = await serve();
  const url = `${listener.url}${targetOf("createContactGroup")}`;
  const response = await fetch(url, { method: "POST", body: createBody("家庭") });
  expect(await response.json()).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupName: "家庭" } }] });
});

test("reads a body in chunks, and in pieces that end within a character", async () => {
  const { listener } = await serve();
  const body = Buffer.from(createBody("家庭"));
  const raw = dial(
    listener,
    `POST ${targetOf("createContactGroup")} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  for (const byte of body) raw.send(Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]));
  raw.send("0\r\n\r\n");
  expect(await raw.until("家庭")).toContain('"ErrorCode":0');
  raw.socket.destroy();
});

test("rejects a body that is not UTF-8 with the code of invalid JSON, as fetch does", async () => {
  const { emulator, listener } = await serve();
  const body = new Uint8Array([0x22, 0xff, 0x22]);
  const target = targetOf("getContactGroup");
  const overHttp = await fetch(`${listener.url}${target}`, { method: "POST", body });
  const inProcess = await emulator.fetch(`http://emulator.test${target}`, { method: "POST", body });
  const text = await overHttp.text();
  expect(text).toBe(await inProcess.text());
  expect(codesOf(text)).toEqual([errorCodes.JsonParseFailure]);
});

test.each(["GET", "PUT", "DELETE", "PATCH", "QUERY"])("rejects %s with the code of a wrong method", async (method) => {
  const { listener } = await serve();
  const raw = dial(listener, request("getContactGroup", getBody, { method }));
  expect(codesOf(await raw.until(/\}$/g))).toEqual([errorCodes.RequestResourceInvalid]);
  raw.socket.destroy();
});

test("responds to HEAD with headers only", async () => {
  const { listener } = await serve();
  const raw = dial(listener, request("getContactGroup", "", { method: "HEAD", fields: ["Connection: close"] }));
  expect(await raw.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: \d+[\s\S]*\r\n\r\n$/);
});

test("handles a target that is a whole URL like a path", async () => {
  const { listener } = await serve();
  const target = `http://example.test${targetOf("getContactGroup")}`;
  const raw = dial(listener, request("getContactGroup", getBody, { target }));
  expect(codesOf(await raw.until(/\}$/g))).toEqual([0]);
  raw.socket.destroy();
});

test.each(["*", "/", "http://example.test", "/v4/../v4/recentcontact/get_contact_group"])(
  "rejects the target %s with the code of an unknown path",
  async (target) => {
    const { listener } = await serve();
    const raw = dial(listener, request("getContactGroup", getBody, { target }));
    expect(codesOf(await raw.until(/\}$/g))).toEqual([noSuchPath]);
    raw.socket.destroy();
  },
);

test("allows a page's preflight for JSON", async () => {
  const { emulator, listener } = await serve();
  const target = targetOf("getContactGroup");
  const overHttp = await fetch(`${listener.url}${target}`, { method: "OPTIONS" });
  const inProcess = await emulator.fetch(`http://emulator.test${target}`, { method: "OPTIONS" });
  expect(overHttp.status).toBe(204);
  expect(overHttp.headers.get("content-length")).toBeNull();
  for (const [name, value] of inProcess.headers) expect(overHttp.headers.get(name)).toBe(value);
  expect(overHttp.headers.get("access-control-allow-headers")).toContain("Content-Type");
});

test("ignores a request to upgrade", async () => {
  const { listener } = await serve();
  const fields = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"];
  const raw = dial(listener, request("getContactGroup", getBody, { fields }));
  const text = await raw.until(/\}$/g);
  expect([statusesOf(text), codesOf(text)]).toEqual([[200], [0]]);
  raw.socket.destroy();
});

test("sends 100 Continue for an announced body, except for one that is too large", async () => {
  const { listener } = await serve({ maxBodyBytes: 1000, limits: { lingerMs: 20 } });
  const head = (bytes: number): string =>
    `POST ${targetOf("getContactGroup")} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${bytes}\r\n\r\n`;
  const raw = dial(listener, head(getBody.length));
  await raw.until("100 Continue");
  raw.send(getBody);
  await raw.until('"ErrorCode":0');
  raw.send(head(1001));
  const text = await raw.closed;
  expect([statusesOf(text), codesOf(text)]).toEqual([
    [100, 200, 200],
    [0, errorCodes.HttpParseFailure],
  ]);
});

test("serves two connections while a third one is open", async () => {
  const { listener } = await serve();
  const idle = dial(listener, "POST / HTTP/1.1\r\n");
  const others = [1, 2].map(() =>
    dial(listener, request("getContactGroup", getBody, { fields: ["Connection: close"] })),
  );
  for (const { closed } of others) expect(codesOf(await closed)).toEqual([0]);
  idle.socket.destroy();
});
