import { execFile } from "node:child_process";
import { once } from "node:events";
import http, { Agent as HttpAgent, createServer as createHttpServer, type RequestListener } from "node:http";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HttpsProxyAgent } from "https-proxy-agent";
import * as undici from "undici";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createClient, NetworkError, type ClientOptions, type Fetch } from "../../src/index.ts";
import { nodeTransport, type NodeTransportOptions } from "../../src/node.ts";
import { okBody, rejection } from "../respond.ts";
import { seededRandom } from "../seeded-random.ts";
import { createCertificates, type Certificates } from "./certificates.ts";
import { startProxy, type Proxy } from "./proxy.ts";

let certificates: Certificates;
const servers: { readonly http: string; readonly https: string }[] = [];
const closed: (() => void)[] = [];

beforeAll(async () => {
  certificates = createCertificates();
  const respond: RequestListener = (request, response) =>
    request.resume().on("end", () => response.end(JSON.stringify(okBody)));
  const urls: string[] = [];
  for (const server of [
    createHttpServer(respond),
    createServer({ cert: certificates.cert, key: certificates.key }, respond),
  ]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    urls.push(String((server.address() as AddressInfo).port));
    closed.push(() => (server.closeAllConnections(), server.close()));
  }
  servers.push({ http: `http://127.0.0.1:${urls[0]}`, https: `https://localhost:${urls[1]}` });
});
afterAll(() => {
  for (const close of closed) close();
  certificates[Symbol.dispose]();
});
const urlOf = (scheme: "http" | "https"): string => servers[0]![scheme];

async function proxy(refuse?: number): Promise<Proxy> {
  const started = await startProxy(refuse);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

const program = fileURLToPath(new URL("one-call.ts", import.meta.url));
const path = "/v4/recentcontact/get_contact_group";
const succeeded = JSON.stringify(okBody);

/** Makes one call in a process with these variables, and returns what it printed. */
async function callWith(
  env: Readonly<Record<string, string>>,
  transport: string,
  baseUrl: string,
  ...more: string[]
): Promise<string> {
  const { PATH = "" } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [program, transport, baseUrl, ...more], {
    env: { PATH, NODE_NO_WARNINGS: "1", ...env },
  });
  return stdout.trim();
}

test.each(["fetch", "node"])("%s uses the proxies of the environment with NODE_USE_ENV_PROXY=1", async (transport) => {
  const { url, requests, authorizations } = await proxy();
  const withPassword = url.replace("://", "://name:pass%20word@");
  const env = {
    NODE_USE_ENV_PROXY: "1",
    HTTP_PROXY: withPassword,
    HTTPS_PROXY: withPassword,
    NODE_EXTRA_CA_CERTS: certificates.caFile,
  };
  expect(await callWith(env, transport, urlOf("http"))).toBe(succeeded);
  expect(await callWith(env, transport, urlOf("https"))).toBe(succeeded);
  const authority = urlOf("http").slice("http://".length);
  // undici opens a tunnel for every host, Node.js for those of https.
  expect([`CONNECT ${authority}`, `POST ${urlOf("http")}${path}`]).toContain(requests[0]);
  expect(requests.slice(1)).toEqual([`CONNECT ${urlOf("https").slice("https://".length)}`]);
  expect(new Set(authorizations)).toEqual(new Set([`Basic ${btoa("name:pass word")}`]));
});

test.each(["fetch", "node"])(
  "%s uses no proxy for a host of NO_PROXY, and none without NODE_USE_ENV_PROXY",
  async (transport) => {
    const { url, requests } = await proxy();
    expect(
      await callWith({ NODE_USE_ENV_PROXY: "1", HTTP_PROXY: url, NO_PROXY: "127.0.0.1" }, transport, urlOf("http")),
    ).toBe(succeeded);
    expect(await callWith({ HTTP_PROXY: url }, transport, urlOf("http"))).toBe(succeeded);
    expect(requests).toEqual([]);
  },
);

test.each(["fetch", "node"])(
  "%s trusts an authority of its own by NODE_EXTRA_CA_CERTS or tls.setDefaultCACertificates",
  async (transport) => {
    expect(await callWith({ NODE_EXTRA_CA_CERTS: certificates.caFile }, transport, urlOf("https"))).toBe(succeeded);
    expect(await callWith({}, transport, urlOf("https"), certificates.caFile)).toBe(succeeded);
    expect(await callWith({}, transport, urlOf("https"))).toMatch(/certificate/);
  },
);

/** Makes one call in this process. */
async function call(baseUrl: string, options: Pick<ClientOptions, "fetch" | "transport">): Promise<object> {
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "eJw-a-usersig_of*tests" };
  const client = createClient({ ...credentials, baseUrl, retry: false, random: seededRandom(), ...options });
  return client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
}

function withAgent(agent: NonNullable<NodeTransportOptions["agent"]>): Pick<ClientOptions, "transport"> {
  onTestFinished(() => agent.destroy());
  return { transport: nodeTransport({ agent }) };
}

function withDispatcher(dispatcher: undici.Dispatcher): Pick<ClientOptions, "fetch"> {
  onTestFinished(() => dispatcher.destroy());
  // Types of undici and of the global fetch differ, the values do not.
  const fetch = (url: string, init: object) => undici.fetch(url, { ...init, dispatcher });
  return { fetch: fetch as unknown as Fetch };
}

const byCode: [
  name: string,
  options: (proxy: string) => Pick<ClientOptions, "fetch" | "transport">,
  tunnelsHttp: boolean,
][] = [
  [
    "an https.Agent with ca and proxyEnv",
    (url) => withAgent(new Agent({ keepAlive: true, ca: certificates.ca, proxyEnv: { HTTPS_PROXY: url } })),
    false,
  ],
  [
    "a ProxyAgent of undici",
    (uri) => withDispatcher(new undici.ProxyAgent({ uri, requestTls: { ca: certificates.ca } })),
    true,
  ],
];

test.each(byCode)("%s connects to a host of https through a proxy", async (_, options) => {
  const { url, requests } = await proxy();
  expect(await call(urlOf("https"), options(url))).toEqual(okBody);
  expect(requests).toEqual([`CONNECT ${urlOf("https").slice("https://".length)}`]);
});

test.each(byCode)("a proxy that %s is refused by fails the call with a NetworkError", async (_, options) => {
  const { url, requests } = await proxy(407);
  const error = await rejection(call(urlOf("https"), options(url)));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toHaveProperty("message", expect.stringMatching(/407/));
  expect(requests).toHaveLength(1);
});

test("an HttpsProxyAgent connects through a proxy, to http and to https", async () => {
  const { url, requests } = await proxy();
  expect(await call(urlOf("http"), withAgent(new HttpsProxyAgent(url)))).toEqual(okBody);
  // It needs NODE_EXTRA_CA_CERTS for another authority: its options are those of the connection to the proxy.
  const error = await rejection(call(urlOf("https"), withAgent(new HttpsProxyAgent(url, { keepAlive: true }))));
  expect(error).toHaveProperty("message", expect.stringMatching(/certificate/));
  expect(requests).toEqual([
    `CONNECT ${urlOf("http").slice("http://".length)}`,
    `CONNECT ${urlOf("https").slice("https://".length)}`,
  ]);
});

test("an http.Agent sends a request to a host of http through a proxy with a password", async () => {
  const { url, requests, authorizations } = await proxy();
  const agent = new HttpAgent({ keepAlive: true, proxyEnv: { HTTP_PROXY: url.replace("://", "://name:word@") } });
  expect(await call(urlOf("http"), withAgent(agent))).toEqual(okBody);
  expect(requests).toEqual([`POST ${urlOf("http")}${path}`]);
  expect(authorizations).toEqual([`Basic ${btoa("name:word")}`]);
});

test.each([
  ["an https.Agent", () => withAgent(new Agent({ ca: certificates.ca }))],
  ["an Agent of undici", () => withDispatcher(new undici.Agent({ connect: { ca: certificates.ca } }))],
])("%s with ca trusts an authority of its own", async (_, options) => {
  expect(await call(urlOf("https"), options())).toEqual(okBody);
});

test.each([
  ["fetch", () => ({})],
  ["nodeTransport", () => ({ transport: nodeTransport() })],
])("%s uses the proxy of http.setGlobalProxyFromEnv", async (_, options) => {
  const { url, requests } = await proxy();
  onTestFinished(http.setGlobalProxyFromEnv({ HTTP_PROXY: url }));
  expect(await call(urlOf("http"), options())).toEqual(okBody);
  expect(requests).toHaveLength(1);
});

test("close() leaves a given agent open", async () => {
  const agent = new HttpAgent({ keepAlive: true });
  const transport = nodeTransport({ agent });
  await call(urlOf("http"), { transport });
  await expect.poll(() => Object.keys(agent.freeSockets)).toHaveLength(1);
  transport.close();
  expect(
    Object.values(agent.freeSockets)
      .flat()
      .map((socket) => socket?.destroyed),
  ).toEqual([false]);
  agent.destroy();
});
