import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createContractFetch, startContractServer, type Contract, type ContractServer } from "../../src/index.ts";
import { send } from "../send.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());
afterEach(() => server.reset());

interface Form {
  readonly name: string;
  readonly api: () => Contract;
  readonly fetch: () => Contract["fetch"];
  readonly origin: () => string;
}

const alone = createContractFetch();
const forms: Form[] = [
  { name: "over HTTP", api: () => server, fetch: () => fetch, origin: () => server.url },
  { name: "without a socket", api: () => alone, fetch: () => alone.fetch, origin: () => "http://api.test" },
];

describe.each(forms)("$name", ({ api, fetch, origin }) => {
  afterEach(() => api().reset());
  const fetchJson = (init: { headers?: Record<string, string> } = {}): Promise<Response> =>
    send(fetch(), "getContactGroup", { origin: origin(), ...init });
  const lastResponse = (): unknown => api().exchanges.at(-1)?.response;

  test("sends an HTTP status as a proxy does", async () => {
    api().plan("get_contact_group", { status: 502, headers: { "Retry-After": "1" } });
    const response = await fetchJson();
    expect(response.status).toBe(502);
    expect(response.headers.get("Content-Type")).toBe("text/html");
    expect(response.headers.get("Retry-After")).toBe("1");
    expect(await response.text()).toContain("502");
    expect(lastResponse()).toMatchObject({ status: 502, errorCode: undefined, example: undefined, faults: ["status"] });
  });

  test("replaces the header fields of the same names, in any case, but not the length", async () => {
    api().plan("get_contact_group", { error: 50004, headers: { "content-type": "text/plain", "CONTENT-LENGTH": "1" } });
    const response = await fetchJson();
    expect(response.headers.get("Content-Type")).toBe("text/plain");
    expect(await response.json()).toMatchObject({ ErrorCode: 50004 });
    expect(response.headers.get("Content-Length")).not.toBe("1");
    expect(api().exchanges[0]?.response.headers).toMatchObject({ "content-type": "text/plain" });
    expect(api().exchanges[0]?.response.headers).not.toHaveProperty("content-length");
  });

  test("breaks the connection", async () => {
    api().plan("get_contact_group", { reset: true });
    const error = await fetchJson().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).cause).toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) });
    expect(lastResponse()).toMatchObject({ status: undefined, body: undefined, faults: ["reset"] });
    expect((await fetchJson()).status).toBe(200);
  });

  test.each([
    [true, undefined],
    [0, ""],
    [20, '{"ActionStatus":"FAI'],
  ] as const)("cuts the JSON off (%s)", async (truncate, expected) => {
    api().plan("get_contact_group", { error: 50004, truncate });
    const response = await fetchJson();
    const text = await response.text();
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    if (expected !== undefined) expect(text).toBe(expected);
    expect(lastResponse()).toMatchObject({ status: 200, body: undefined, errorCode: undefined, faults: ["truncate"] });
  });

  test("cuts between characters, not within one", async () => {
    const body = { ActionStatus: "FAIL", ErrorCode: 1, ErrorInfo: "群" };
    const bytes = Buffer.byteLength(JSON.stringify(body));
    api().plan("get_contact_group", { body, truncate: bytes - 3 });
    const text = await (await fetchJson()).text();
    expect(JSON.stringify(body).startsWith(text)).toBe(true);
  });

  test("accepts the same faults in a Prefer header", async () => {
    expect((await fetchJson({ headers: { Prefer: "status=503" } })).status).toBe(503);
    await expect(fetchJson({ headers: { Prefer: "reset" } })).rejects.toThrow(TypeError);
    expect(await (await fetchJson({ headers: { Prefer: "truncate=1" } })).text()).toBe("{");
    const wrong = await (await fetchJson({ headers: { Prefer: "status=soon" } })).json();
    expect(wrong).toMatchObject({
      ActionStatus: "FAIL",
      ErrorInfo: expect.stringContaining("status must be an integer"),
    });
  });

  test("aborts a delayed response when its caller does", async () => {
    api().plan("get_contact_group", { delayMs: 600_000 });
    const gone = new AbortController();
    const pending = fetch()(`${origin()}/v4/recentcontact/get_contact_group`, {
      method: "POST",
      body: "{}",
      signal: gone.signal,
    });
    setTimeout(() => gone.abort(), 20);
    await expect(pending).rejects.toThrow("abort");
    await expect.poll(() => api().exchanges.length).toBe(1);
    expect(lastResponse()).toMatchObject({ status: undefined, faults: ["delay"] });
  });
});

test("waits as long as planned", async () => {
  const waits: number[] = [];
  let time = 1000;
  const clock = {
    now: () => time,
    after: (ms: number, run: () => void) => {
      waits.push(ms);
      time += ms;
      run();
      return () => {};
    },
  };
  const api = createContractFetch({ clock });
  api.plan("get_contact_group", { delayMs: 700, error: 60008 });
  const response = await send(api.fetch, "getContactGroup");
  expect(await response.json()).toMatchObject({ ErrorCode: 60008 });
  expect(waits).toEqual([700]);
  expect(api.exchanges[0]).toMatchObject({ startedAt: 1000, durationMs: 700, response: { faults: ["delay"] } });
});

test("close ends a delayed response", async () => {
  const own = await startContractServer();
  own.plan("get_contact_group", { delayMs: 600_000 });
  const pending = fetch(`${own.url}/v4/recentcontact/get_contact_group`, { method: "POST", body: "{}" });
  setTimeout(() => void own.close(), 50);
  await expect(pending).rejects.toThrow(TypeError);
});
