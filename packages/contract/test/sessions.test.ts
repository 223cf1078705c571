import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { ApiError, createClient } from "@contact-groups/client";
import { setupServer } from "msw/node";
import { successExamples } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type ContractServer,
  createContractFetch,
  InstructionError,
  readRecordings,
  startContractServer,
} from "../src/index.ts";
import { contractHandlers } from "../src/msw.ts";
import { findingsOfViolations } from "../src/report/finding.ts";
import { temporaryFolder } from "./coverage/folder.ts";
import { runCommand } from "./cli/run-command.ts";
import { fetchJson, send, targetOf } from "./send.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

const page = (user: string): object => ({ From_Account: user, StartIndex: 0 });
const json = { "Content-Type": "application/json" };

/** Calls with the address or the header of a session. Returns the code. */
async function codeOf(origin: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const response = await send(fetch, "getContactGroup", { origin, body, headers });
  return ((await response.json()) as { ErrorCode: number }).ErrorCode;
}

test("50 sessions at the same time each see only their own plans, calls and violations", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `parallel-${index}`);
  await Promise.all(
    names.map(async (name, index) => {
      const session = server.session(name);
      const [origin, headers] = index % 2 === 0 ? [session.url, {}] : [server.url, { "contract-session": name }];
      session.plan("get_contact_group", { error: index % 3 === 0 ? 50004 : 50005 });
      const codes = [
        await codeOf(origin, page(name), headers),
        await codeOf(origin, page(name), headers),
        await codeOf(origin, index % 5 === 0 ? {} : page(name), headers),
      ];
      expect(codes.slice(0, 2)).toEqual([index % 3 === 0 ? 50004 : 50005, 0]);
      expect(session.exchanges.map(({ request }) => request.body)).toEqual([
        page(name),
        page(name),
        index % 5 === 0 ? {} : page(name),
      ]);
      expect(session.exchanges.map(({ index: number }) => number)).toEqual([0, 1, 2]);
      expect(session.violations({ ignore: ["retry-advice"] })).toHaveLength(index % 5 === 0 ? 2 : 0);
    }),
  );
  expect(server.exchanges).toEqual([]);
  for (const name of names) server.session(name).end();
});

test("the prefix is not a part of the recorded path", async () => {
  const session = server.session("path");
  await codeOf(session.url, page("a"));
  await codeOf(`${session.url}/`, page("a"));
  expect(session.exchanges.map(({ request, operation }) => [request.path, operation])).toEqual([
    ["/v4/recentcontact/get_contact_group", "getContactGroup"],
    ["/v4/recentcontact/get_contact_group", "getContactGroup"],
  ]);
  session.end();
});

test("the client calls a session by its address", async () => {
  const session = server.session("client");
  session.plan("get_contact_group", { error: "UserNotImported" });
  const client = createClient({
    baseUrl: session.url,
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
  });
  const request = { From_Account: "user_0001", StartIndex: 0 };
  await expect(client.getContactGroup(request)).rejects.toThrow(ApiError);
  session.reset();
  expect((await client.getContactGroup(request)).ErrorCode).toBe(0);
  session.assertValid();
  session.end();
});

test("curl plans, calls and judges a session by its path or its header", async () => {
  const curl = async (...args: readonly string[]): Promise<unknown> =>
    JSON.parse((await promisify(execFile)("curl", ["-sS", "-H", "Content-Type: application/json", ...args])).stdout);
  const plan = JSON.stringify({ operation: "get_contact_group", responses: [{ error: 50004 }, { error: 50005 }] });
  const url = `${server.url}/__session/curl`;
  const target = (): string => targetOf("getContactGroup");
  expect(await curl("-d", plan, `${url}/__contract/plan`)).toEqual({});
  expect(await curl("-d", JSON.stringify(page("a")), `${url}${target()}`)).toMatchObject({ ErrorCode: 50004 });
  const header = ["-H", "Contract-Session: curl"];
  expect(await curl(...header, "-d", JSON.stringify(page("b")), `${server.url}${target()}`)).toMatchObject({
    ErrorCode: 50005,
  });
  expect(await curl(...header, `${server.url}/__contract/violations`)).toMatchObject({ valid: true, calls: 2 });
  expect(await curl("-d", "{}", `${url}/__contract/end`)).toEqual({});
  expect(await curl(`${url}/__contract/exchanges`)).toEqual({ exchanges: [] });
});

test("the commands of the README plan, call and judge, with and without a session", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, part = ""] = /^## From other languages\n(.*?)^## /ms.exec(readme) ?? [];
  const blocks = [...part.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const outputs = blocks.map(async (block) => {
    const here = block.replaceAll("http://127.0.0.1:4010", server.url).replaceAll("curl ", "curl -sS ");
    return (await promisify(execFile)("sh", ["-c", here])).stdout;
  });
  const [plain = "", inSession = ""] = await Promise.all(outputs);
  expect(plain).toContain('"ErrorCode":51007');
  expect(plain).toContain('"valid":true,"outcome":"passed","calls":1');
  expect(inSession).toContain('"ErrorCode":50004');
  expect(inSession).toContain('"valid":true,"outcome":"passed","calls":1');
  expect(blocks).toHaveLength(2);
  server.reset();
  server.session("test-7").end();
});

test("the calls of each session are recorded in a file of their own", async () => {
  const folder = temporaryFolder();
  vi.stubEnv("CONTACT_GROUPS_RECORD", folder);
  const api = createContractFetch();
  const sessions = [api, api.session("a"), api.session("b")];
  vi.unstubAllEnvs();
  for (const session of [...sessions, ...sessions]) await fetchJson(session, "getContactGroup");
  expect(readRecordings(folder).files.map((calls) => calls.map(({ index }) => index))).toEqual([
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test("without a socket, a session is called by its own fetch, its address or the header", async () => {
  const api = createContractFetch();
  const session = api.session("own");
  await fetchJson(session, "getContactGroup");
  await send(api.fetch, "getContactGroup", { origin: session.url });
  await send(session.fetch, "getContactGroup", { origin: session.url });
  await fetchJson(api, "getContactGroup", { headers: { "Contract-Session": "own" } });
  expect(session.exchanges).toHaveLength(4);
  expect(api.exchanges).toHaveLength(0);
  expect(api.session("own")).toBe(session);
  expect(session.session("own")).toBe(session);
});

test("the handlers of msw pass requests on to a session", async () => {
  const session = server.session("msw");
  const worker = setupServer(...contractHandlers({ url: session.url }));
  worker.listen();
  try {
    expect(await codeOf("https://console.tim.qq.com", page("a"))).toBe(0);
  } finally {
    worker.close();
  }
  expect(session.exchanges).toHaveLength(1);
  session.end();
});

describe("the verdict", () => {
  test.each(["open", "reset", "ended"])(
    "of the contract since the start includes a session that is %s",
    async (state) => {
      const api = createContractFetch();
      const session = api.session("bad");
      await fetchJson(api, "getContactGroup");
      await fetchJson(session, "getContactGroup", { body: {} });
      if (state === "reset") session.reset();
      if (state === "ended") session.end();
      api.assertValid();
      expect(() => api.assertValid({ sinceStart: true })).toThrow(
        /session bad, call 0 .*\n {2}\/From_Account is required/,
      );
      expect(api.violations({ sinceStart: true })).toHaveLength(2);
    },
  );

  test("of a session since the start survives its reset", async () => {
    const session = createContractFetch().session("a");
    await fetchJson(session, "getContactGroup", { body: {} });
    session.reset();
    await fetchJson(session, "getContactGroup");
    session.assertValid();
    expect(() => session.assertValid({ sinceStart: true })).toThrow("2 violations in 2 calls");
  });

  test("of a session does not include other sessions", async () => {
    const api = createContractFetch();
    await fetchJson(api.session("bad"), "getContactGroup", { body: {} });
    await fetchJson(api.session("good"), "getContactGroup");
    expect(() => api.session("good").assertValid({ sinceStart: true })).not.toThrow();
  });

  test("includes a plan of a session without a call", async () => {
    const api = createContractFetch();
    await fetchJson(api, "getContactGroup");
    const session = api.session("idle");
    session.plan("get_contact_group", { error: 50004 });
    expect(() => session.assertValid()).toThrow("No call was recorded");
    session.end();
    expect(() => api.assertValid({ sinceStart: true })).toThrow(
      /session idle, call 0 .*\n {2}A plan for getContactGroup/,
    );
  });

  test("includes the unused plan of a session when only sessions were called", async () => {
    const api = createContractFetch();
    api.session("a").plan("search_contact_group", {});
    await fetchJson(api.session("b"), "getContactGroup");
    expect(() => api.assertValid({ sinceStart: true })).toThrow(
      /session a, call 0 .*\n {2}A plan for searchContactGroup/,
    );
  });

  test("includes a call that was in progress when its session ended", async () => {
    const api = createContractFetch();
    await fetchJson(api, "getContactGroup");
    const session = api.session("late");
    session.plan("get_contact_group", { delayMs: 30 });
    const late = fetchJson(session, "getContactGroup", { body: {} });
    session.end();
    await late;
    expect(() => api.assertValid({ sinceStart: true })).toThrow(
      /session late, call 0 .*\n {2}\/From_Account is required/,
    );
  });

  test("has one finding for a mistake that is made in several sessions", async () => {
    const api = createContractFetch();
    for (const name of ["a", "b", "c"]) {
      await fetchJson(api.session(name), "getContactGroup", { body: { StartIndex: 0 } });
      api.session(name).end();
    }
    const violations = api.violations({ sinceStart: true });
    expect(violations.map(({ session }) => session)).toEqual(["a", "b", "c"]);
    expect(findingsOfViolations(violations)).toMatchObject([{ count: 3, first: { call: 0, session: "a" } }]);
  });

  test("includes a violation after 1,000 of a rule that is ignored", async () => {
    const api = createContractFetch({ maxExchanges: 2000 });
    const incomplete = { ...successExamples.getContactGroup.FirstOfTwoPages };
    api.plan("get_contact_group", { body: incomplete }, { times: "always" });
    for (let user = 0; user <= 1000; user++)
      await fetchJson(api, "getContactGroup", { body: { From_Account: `user_${user}`, StartIndex: 0 } });
    await fetchJson(api, "getContactGroup", { body: {} });
    const ignore = ["unfinished-pagination", "call-rate"] as const;
    expect(() => api.assertValid({ ignore })).toThrow("/From_Account is required");
    api.reset();
    expect(() => api.assertValid({ ignore, sinceStart: true })).toThrow("/From_Account is required");
  });

  test("since the start is about the sides that are selected", async () => {
    const api = createContractFetch();
    api.plan("get_contact_group", { body: {}, unchecked: true });
    await fetchJson(api, "getContactGroup", { body: {} });
    api.reset();
    const ruleSides = (sides: readonly ("request" | "response")[]): readonly string[] =>
      api.violations({ sinceStart: true, sides }).map(({ side }) => side);
    expect(new Set(ruleSides(["response"]))).toEqual(new Set(["response"]));
    expect(new Set(ruleSides(["request"]))).toEqual(new Set(["request"]));
  });

  test("over HTTP includes the sessions with sinceStart", async () => {
    await using own = await startContractServer();
    await codeOf(own.url, page("a"));
    await codeOf(`${own.url}/__session/bad`, {});
    const verdict = async (query: string): Promise<unknown> =>
      (await fetch(`${own.url}/__contract/violations${query}`)).json();
    expect(await verdict("")).toMatchObject({ valid: true, outcome: "passed", calls: 1 });
    expect(await verdict("?sinceStart=true")).toMatchObject({ valid: false, outcome: "failed", calls: 2 });
  });
});

test.each([
  ["valid", page("a"), 0, "All calls since the start are valid."],
  ["invalid", {}, 1, "first in session gone"],
])("serve --assert-valid covers the %s calls of a session that has ended", async (_title, body, exitCode, text) => {
  const { code, stdout } = await runCommand(["serve", "--port", "0", "--assert-valid"], {
    async untilStopped(printed) {
      await expect.poll(printed).toContain("Contract server at");
      const [, url] = /at (http:\S+)/.exec(printed()) ?? [];
      await codeOf(`${url}/__session/gone`, body);
      await fetch(`${url}/__session/gone/__contract/end`, { method: "POST", headers: json, body: "{}" });
    },
  });
  expect([code, stdout]).toEqual([exitCode, expect.stringContaining(text)]);
});

test.each(["", "a/b", "a b", "ä", "..", "x".repeat(65), 7])("rejects the name %j", (name) => {
  expect(() => server.session(name as string)).toThrow(InstructionError);
});

test.each(["a%20b", "..%2f", "x".repeat(65)])("rejects the name %j in a path with HTTP 400", async (name) => {
  const response = await fetch(`${server.url}/__session/${name}/__contract/plan`, { method: "POST", headers: json });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { pointer: "/session" } });
});

test("rejects one session too many until another has ended", async () => {
  const api = createContractFetch();
  for (let index = 0; index < 1000; index++) api.session(`s${index}`);
  expect(() => api.session("s999")).not.toThrow();
  expect(() => api.session("more")).toThrow("1000 sessions are open, which is the maximum. End those");
  const response = await send(api.fetch, "getContactGroup", { headers: { "Contract-Session": "more" } });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: { pointer: "/session", message: expect.stringContaining("End those that are no longer needed") } },
  ]);
  api.session("s0").end();
  api.session("more").end();
});

test("a session that has ended begins again empty, and ending it twice keeps the new one", async () => {
  const api = createContractFetch();
  const old = api.session("a");
  old.plan("get_contact_group", { error: 50004 }, { times: "always" });
  await fetchJson(old, "getContactGroup");
  old.end();
  expect(old.exchanges).toEqual([]);
  const fresh = api.session("a");
  expect(await fetchJson(fresh, "getContactGroup")).toMatchObject({ ErrorCode: 0 });
  old.end();
  expect(api.session("a")).toBe(fresh);
  expect(fresh.exchanges).toHaveLength(1);
});

test("the contract itself cannot end by the control path", async () => {
  const response = await fetch(`${server.url}/__contract/end`, { method: "POST", headers: json, body: "{}" });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: { pointer: "", message: "Only a session can end. Its path is /__session/NAME/__contract/end." } },
  ]);
});
