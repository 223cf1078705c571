import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { errorCodes, regions } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { readRecordings } from "../../src/record/folder.ts";
import { ContractViolationError, judge, measureCoverage } from "../../src/index.ts";
import { startContractProxy } from "../../src/proxy/contract-proxy.ts";
import type { Violation } from "../../src/judge/violation.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { head, open } from "../raw-connection.ts";
import { send, targetOf } from "../send.ts";
import { emptyPage, emulatorUrl, providerOf, proxyTo, sendJson } from "./start.ts";

const headers = { "Content-Type": "application/json" };
const json = (text: string): unknown => JSON.parse(text);

test("a consumer of an emulator passes through it unchanged, and both sides are valid", async () => {
  const proxy = await proxyTo(await emulatorUrl());
  const created = await send(fetch, "createContactGroup", { origin: proxy.url, headers });
  expect(await created.json()).toMatchObject({ ActionStatus: "OK" });
  await send(fetch, "getContactGroup", { origin: proxy.url, headers });
  expect(proxy.violations()).toEqual([]);
  proxy.assertValid();
  expect(proxy.exchanges.map(({ operation }) => operation)).toEqual(["createContactGroup", "getContactGroup"]);
});

test("forwards path, query, header fields and body as they are, with the path of a gateway and its header fields", async () => {
  const { url, received } = await providerOf((outgoing) => sendJson(outgoing, emptyPage));
  const proxy = await proxyTo(`${url}/im/`, { headers: { Authorization: "Bearer gateway", "X-Tenant": "7" } });
  const target = `${targetOf("getContactGroup")}&x=%zz`;
  const body = ' {"From_Account" : "user_0001","StartIndex":0}';
  await fetch(`${proxy.url}${target}`, { method: "POST", body, headers: { ...headers, authorization: "own" } });
  const [one] = received;
  expect(one).toMatchObject({ method: "POST", target: `/im${target}`, body });
  const fields = one?.fields.map((field) => field.toLowerCase()) ?? [];
  expect(fields.filter((field) => field === "authorization")).toHaveLength(1);
  expect(fields).toEqual(expect.arrayContaining(["bearer gateway", "x-tenant", "7", "application/json"]));
  expect(fields).not.toContain("own");
});

test("returns status, header fields and bytes of the response as they are", async () => {
  const { url } = await providerOf((outgoing) => outgoing.writeHead(418, { "X-One": "1" }).end("\u00ff bytes"));
  const proxy = await proxyTo(url);
  const response = await send(fetch, "getContactGroup", { origin: proxy.url, headers });
  expect([response.status, response.headers.get("X-One"), await response.text()]).toEqual([418, "1", "\u00ff bytes"]);
});

test("reports the violations of both sides live, each kind once, and in the verdict", async () => {
  const { url } = await providerOf((outgoing) => sendJson(outgoing, { ...emptyPage, CompleteFlag: "1" }));
  const live: Violation[] = [];
  const proxy = await proxyTo(url, { onViolation: (violation) => live.push(violation) });
  for (let round = 0; round < 3; round++)
    await send(fetch, "getContactGroup", { origin: proxy.url, headers, query: { random: undefined } });
  await expect
    .poll(() => live.map(({ side, pointer }) => `${side} ${pointer}`))
    .toEqual(["request /random", "response /CompleteFlag"]);
  expect(proxy.violations()).toHaveLength(6);
  expect(proxy.violations({ sides: ["request"] })).toHaveLength(3);
  expect(() => proxy.assertValid()).toThrow(ContractViolationError);
});

test("does not report live what a later call can still do", async () => {
  const { url } = await providerOf((outgoing, { body }) =>
    sendJson(
      outgoing,
      (json(body) as { StartIndex: number }).StartIndex === 0
        ? { ...emptyPage, CompleteFlag: 0, NextStartIndex: 5 }
        : emptyPage,
    ),
  );
  const live: Violation[] = [];
  const proxy = await proxyTo(url, { onViolation: (violation) => live.push(violation) });
  const page = async (StartIndex: number): Promise<unknown> =>
    send(fetch, "getContactGroup", { origin: proxy.url, headers, body: { From_Account: "user_0001", StartIndex } });
  await page(0);
  expect(proxy.violations().map(({ rule }) => rule)).toEqual(["unfinished-pagination"]);
  await page(5);
  expect(proxy.violations()).toEqual([]);
  expect(live).toEqual([]);
});

test("keeps the order in which calls arrived, although their responses come in another", async () => {
  const { url } = await providerOf((outgoing, { target }) => {
    if (target.includes("random=1&")) setImmediate(() => setImmediate(() => sendJson(outgoing, emptyPage)));
    else sendJson(outgoing, emptyPage);
  });
  const proxy = await proxyTo(url);
  const first = send(fetch, "getContactGroup", { origin: proxy.url, headers, query: { random: "1" } });
  const second = send(fetch, "getContactGroup", { origin: proxy.url, headers, query: { random: "2" } });
  await Promise.all([first, second]);
  expect(proxy.exchanges.map(({ index }) => index)).toEqual([0, 1]);
});

test("records the calls in a folder that judge and measureCoverage read", async () => {
  const folder = temporaryFolder();
  const proxy = await proxyTo(await emulatorUrl(), { record: folder });
  await send(fetch, "getContactGroup", { origin: proxy.url, headers, query: { random: undefined } });
  const { exchanges } = readRecordings(folder);
  expect(judge(exchanges)).toMatchObject([{ pointer: "/random" }]);
  expect(measureCoverage(exchanges).totals.operations.covered).toBe(1);
});

test("rejects a folder that it cannot record in", async () => {
  const record = `${import.meta.filename}/calls`;
  await expect(startContractProxy({ upstream: "http://127.0.0.1:9", record })).rejects.toThrow(
    /^The calls cannot be recorded in .* \(ENOTDIR\)/,
  );
});

test("validates a path that resembles an operation's, and forwards other paths without validation", async () => {
  const { url, received } = await providerOf((outgoing) => sendJson(outgoing, {}));
  const proxy = await proxyTo(url);
  await fetch(`${proxy.url}/v4/openim/sendmsg?usersig=x`, { method: "POST", body: "{}" });
  expect(() => proxy.assertValid()).toThrow("No call was recorded");
  await fetch(`${proxy.url}/v4/recentcontact/get_contact_groups`, { method: "POST", body: "{}" });
  expect(proxy.violations()).toMatchObject([{ side: "request", in: "path" }]);
  expect(received).toHaveLength(2);
});

test.each([
  ["the provider does not respond", "http://127.0.0.1:9"],
  ["something in front of the provider responds with 502", undefined],
])("gives no verdict when %s", async (_, upstream) => {
  const { url } = await providerOf((outgoing) => outgoing.writeHead(502).end("<html>"));
  const proxy = await proxyTo(upstream ?? url);
  expect((await send(fetch, "getContactGroup", { origin: proxy.url, headers })).status).toBe(502);
  expect(() => proxy.assertValid()).toThrow(expect.objectContaining({ outcome: "notJudged", violations: [] }));
});

test("gives no verdict on a request that was cut off", async () => {
  const { url, received } = await providerOf((outgoing) => sendJson(outgoing, emptyPage));
  const proxy = await proxyTo(url);
  await send(fetch, "getContactGroup", { origin: proxy.url, headers });
  const socket = await open(proxy);
  socket.on("error", () => undefined);
  // The response to the head shows that it has arrived.
  socket.write(
    head(new URL(proxy.url + targetOf("getContactGroup")), 10).replace("Host", "Expect: 100-continue\r\nHost"),
  );
  await once(socket, "data");
  socket.end("{");
  await proxy.close();
  expect(() => proxy.assertValid()).toThrow(/1 call is cut off/);
  expect(received).toHaveLength(1);
});

test("sends no call that may write to another machine, and gives no verdict then", async () => {
  const proxy = await proxyTo("http://192.0.2.1:9");
  for (const operation of ["createContactGroup", "markContact", "delContactGroup"] as const) {
    const response = await send(fetch, operation, { origin: proxy.url, headers });
    expect(await response.json()).toMatchObject({
      ActionStatus: "FAIL",
      ErrorCode: errorCodes.RequestDisabled,
      ErrorInfo: expect.stringContaining("--yes"),
    });
  }
  const other = await fetch(`${proxy.url}/v4/openim/sendmsg`, { method: "POST", body: "{}" });
  expect(await other.json()).toMatchObject({ ErrorCode: errorCodes.RequestDisabled });
  expect(() => proxy.assertValid()).toThrow(/^No verdict: 4 calls are not sent to the provider/);
  expect(() => proxy.assertValid()).toThrow(expect.objectContaining({ outcome: "notJudged" }));
});

const address = Object.values(networkInterfaces())
  .flatMap((infos) => infos ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4");

test.runIf(address)(
  "sends calls that read to another machine, and those that write when they are allowed",
  async () => {
    const { url, received } = await providerOf((outgoing) => sendJson(outgoing, emptyPage), address?.address);
    const proxy = await proxyTo(url);
    await send(fetch, "getContactGroup", { origin: proxy.url, headers });
    await send(fetch, "createContactGroup", { origin: proxy.url, headers });
    expect(received).toHaveLength(1);
    const allowed = await proxyTo(url, { allowWrites: true });
    await send(fetch, "createContactGroup", { origin: allowed.url, headers });
    expect(received).toHaveLength(2);
  },
);

test("the control path reports violations, coverage and calls", async () => {
  const proxy = await proxyTo(await emulatorUrl());
  const read = async (name: string): Promise<unknown> => (await fetch(`${proxy.url}/__contract/${name}`)).json();
  expect(await read("violations")).toMatchObject({ valid: false, outcome: "notRun" });
  await send(fetch, "getContactGroup", { origin: proxy.url, headers });
  expect(await read("violations")).toMatchObject({ valid: true, outcome: "passed", violations: [] });
  expect(await read("coverage")).toMatchObject({ totals: { operations: { covered: 1 } } });
  expect(await read("exchanges")).toMatchObject({ exchanges: [{ operation: "getContactGroup" }] });
  expect((await fetch(`${proxy.url}/__contract/reset`, { method: "POST" })).status).toBe(404);
});

test.each([
  ["somewhere", /must be a region or a URL/],
  ["https://user:secret-word@gw.example", /without a user name/],
  ["https://gw.example/im?token=secret-word", /without a path and a query/],
  [regions.singapore.replace("https", "http"), /must begin with https/],
])("rejects the upstream %j without showing it", async (upstream, sentence) => {
  const error: unknown = await startContractProxy({ upstream }).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(sentence);
  expect(String(error)).not.toContain("secret-word");
});

test("rejects its own address as the upstream", async () => {
  const { port } = new URL(await emulatorUrl());
  const free = await proxyTo(`http://127.0.0.1:${port}`);
  await free.close();
  await expect(startContractProxy({ upstream: free.url, port: free.port })).rejects.toThrow("the proxy itself");
});
