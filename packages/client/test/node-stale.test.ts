/** A host can close an idle connection at the moment when a request is sent on it. Nothing then says whether the request ran. */
import { Agent, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createClient, type TransportRequest } from "../src/index.ts";
import { nodeTransport, type NodeTransportOptions } from "../src/node.ts";
import { listen } from "./listen.ts";
import { okBody } from "./respond.ts";
import { seededRandom } from "./seeded-random.ts";

let now = 0;
beforeEach(() => void vi.spyOn(performance, "now").mockImplementation(() => now));
afterEach(() => void vi.restoreAllMocks());

/** Responds to each request, and notes the connection of each by its number. */
async function service(options: NodeTransportOptions = {}, respond?: RequestListener) {
  const sockets: Socket[] = [];
  const usedBy: number[] = [];
  const server = await listen((request, response) => {
    if (!sockets.includes(request.socket)) sockets.push(request.socket);
    usedBy.push(sockets.indexOf(request.socket));
    request.resume().on("end", () => (respond ? respond(request, response) : response.end("{}")));
  });
  const transport = nodeTransport(options);
  onTestFinished(async () => {
    transport.close();
    options.agent?.destroy();
    await server[Symbol.asyncDispose]();
  });
  const send = (idempotent: boolean) => {
    const request = { url: `${server.url}/`, body: "{}", headers: {}, signal: undefined, maxResponseBytes: 100 };
    return transport({ ...request, idempotent });
  };
  return { url: server.url, transport, send, usedBy };
}

test.each([
  ["is reused after less than freshMs", false, 249, [0, 0]],
  ["is not reused after freshMs", false, 250, [0, 1]],
  ["is reused after any time for an idempotent request", true, 250, [0, 0]],
])("a connection %s", async (_, idempotent, ms, connections) => {
  const { send, usedBy } = await service();
  await send(true);
  now += ms;
  await send(idempotent);
  expect(usedBy).toEqual(connections);
});

test("a change takes the connection that was used last, and leaves older ones open", async () => {
  const { send, usedBy } = await service();
  await Promise.all([send(true), send(true)]);
  now += 1000;
  await send(true);
  await send(false);
  expect(usedBy[3]).toBe(usedBy[2]);
  await Promise.all([send(true), send(true)]);
  expect(new Set(usedBy).size).toBe(2);
});

test("a given agent that takes the oldest connection takes no stale one for a change", async () => {
  const { send, usedBy } = await service({ agent: new Agent({ keepAlive: true, scheduling: "fifo" }) });
  await Promise.all([send(true), send(true)]);
  now += 1000;
  const fresh = await send(true).then(() => usedBy[2]);
  await send(false);
  expect(usedBy[3]).toBe(fresh);
});

test("no change fails on a host that closes each connection after its response without saying so, with freshMs 0", async () => {
  const { url, transport } = await service({ freshMs: 0 }, ({ socket }, response) => {
    response.end(JSON.stringify(okBody));
    // After the client has read the response, and as it sends the next request.
    setImmediate(() => socket.destroy());
  });
  const client = createClient({ ...credentials, baseUrl: url, transport, rateLimit: false });
  for (let call = 0; call < 100; call++) {
    const created = client.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] });
    await expect(created).resolves.toMatchObject(okBody);
  }
});

const credentials = {
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: "eJw-a-usersig_of*tests",
  random: seededRandom(),
};

test("a transport receives whether the operation is idempotent", async () => {
  const received: boolean[] = [];
  const transport = ({ idempotent }: TransportRequest) => {
    received.push(idempotent);
    return Promise.resolve({ status: 200, headers: { get: () => null }, text: JSON.stringify(okBody) });
  };
  const client = createClient({ ...credentials, baseUrl: "http://service.test", transport });
  await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
  await client.createContactGroup(
    { From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] },
    { retryUnsafe: true },
  );
  expect(received).toEqual([true, false]);
});
