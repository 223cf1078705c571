import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { startContractServer, type ContractServer, type ContractServerOptions } from "../src/index.ts";
import { post, requestOf, urlOf } from "./calls.ts";
import { head, open, untilClosed } from "./raw-connection.ts";
import { send } from "./send.ts";

const started: ContractServer[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

async function start(options?: ContractServerOptions): Promise<ContractServer> {
  const server = await startContractServer(options);
  started.push(server);
  return server;
}

test("runs two servers side by side, each with its own limits", async () => {
  const [small, large] = await Promise.all([start({ maxBodyBytes: 10 }), start()]);
  expect(small.port).not.toBe(large.port);
  const request = requestOf("getContactGroup");
  expect((await post(await urlOf(small, "getContactGroup"), request)).body.ActionStatus).toBe("FAIL");
  expect((await post(await urlOf(large, "getContactGroup"), request)).body.ActionStatus).toBe("OK");
});

test("listens on the given port, and has its origin", async () => {
  const { port, close } = await startContractServer();
  await close();
  const server = await start({ port });
  expect(server.url).toBe(`http://127.0.0.1:${port}`);
  expect(new URL(server.url).origin).toBe(server.url);
});

test("rejects when the port is in use", async () => {
  const { port } = await start();
  await expect(startContractServer({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test.each([
  { maxBodyBytes: 0 },
  { maxBodyBytes: 1.5 },
  { requestTimeoutMs: 0 },
  { requestTimeoutMs: Infinity },
  { port: -1 },
])("rejects the options %j", async (options) => {
  await expect(startContractServer(options)).rejects.toThrow(RangeError);
});

test("close ends idle and busy connections, and can be called twice", async () => {
  const server = await startContractServer();
  const [idle, busy] = await Promise.all([open(server), open(server)]);
  busy.write(`${head(await urlOf(server, "getContactGroup"), 100)}{`);
  const closed = Promise.all([untilClosed(idle), untilClosed(busy)]);
  await server.close();
  await closed;
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
});

test("close leaves nothing that keeps the process alive", async () => {
  const script = fileURLToPath(new URL("close-and-exit.ts", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect({ stdout, stderr }).toEqual({ stdout: "200 closed\n", stderr: "" });
});

test("await using closes it", async () => {
  let url = "";
  {
    await using server = await startContractServer();
    ({ url } = server);
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
  }
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("responds to a CORS preflight with 204, and allows a page to send JSON and Prefer and to read the verdict", async () => {
  const server = await start();
  const url = await urlOf(server, "getContactGroup");
  const preflight = await fetch(url, {
    method: "OPTIONS",
    headers: { Origin: "https://page.example", "Access-Control-Request-Method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe(
    "X-Requested-With, Content-Type, Prefer, Contract-Session",
  );
  const { headers } = await post(url, requestOf("getContactGroup"));
  expect(headers.get("Access-Control-Expose-Headers")).toBe("Prism-Verdict");
});

test("sends the service's headers", async () => {
  const { headers } = await post(await urlOf(await start(), "getContactGroup"), requestOf("getContactGroup"));
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "X-Requested-With",
    "access-control-allow-methods": "POST",
  });
});

test("sends the value of a planned header as text, without the line feed around it", async () => {
  await using api = await startContractServer();
  api.plan("get_contact_group", { headers: { "X-Note": "5\n", "Retry-After": 5 as unknown as string } });
  const { headers } = await send(fetch, "getContactGroup", { origin: api.url });
  expect([headers.get("x-note"), headers.get("retry-after")]).toEqual(["5", "5"]);
});
