import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startContractServer, type ContractServer } from "../src/index.ts";
import description from "../src/control.openapi.json" with { type: "json" };
import { fetchJson, send } from "./send.ts";
import { userSig } from "./calls.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());
beforeEach(() => server.reset());

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function control(name: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${server.url}/__contract/${name}`, init);
  return { status: response.status, body: (await response.json()) as Reply["body"] };
}

function post(name: string, body: unknown, contentType = "application/json"): Promise<Reply> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return control(name, { method: "POST", body: text, headers: { "Content-Type": contentType } });
}

const overHttp = async (): Promise<{ ErrorCode: number }> =>
  (await (await send(fetch, "getContactGroup", { origin: server.url })).json()) as { ErrorCode: number };

test("plans responses, lists the calls, judges them and deletes them", async () => {
  const responses = [{ error: 50004 }, { error: "NetworkTimeout" }];
  expect(await post("plan", { operation: "get_contact_group", responses })).toEqual({ status: 200, body: {} });
  expect([(await overHttp()).ErrorCode, (await overHttp()).ErrorCode, (await overHttp()).ErrorCode]).toEqual([
    50004, 50005, 0,
  ]);

  const { body: listed } = await control("exchanges");
  expect(listed).toEqual({ exchanges: JSON.parse(JSON.stringify(server.exchanges)) });
  expect(JSON.stringify(listed)).not.toContain(userSig);
  expect((await control("violations")).body).toEqual({
    valid: true,
    outcome: "passed",
    calls: 3,
    violations: [],
    report: "3 calls, no violation.",
  });

  expect(await post("reset", "")).toEqual({ status: 200, body: {} });
  expect((await control("exchanges")).body).toEqual({ exchanges: [] });
  expect((await control("violations")).body).toMatchObject({ valid: false, calls: 0 });
});

test("plans a response until the reset", async () => {
  await post("plan", { operation: "getContactGroup", responses: [{ error: 50004 }], times: "always" });
  expect([(await overHttp()).ErrorCode, (await overHttp()).ErrorCode]).toEqual([50004, 50004]);
});

test("plans a response for the requests that match", async () => {
  const plan = { operation: "get_contact_group", responses: [{ error: 50004 }] };
  await post("plan", { ...plan, when: { body: { From_Account: "nobody" } } });
  expect((await overHttp()).ErrorCode).toBe(0);
  expect((await control("violations")).body).toMatchObject({ valid: false, violations: [{ rule: "unused-plan" }] });
  expect(await post("plan", { ...plan, when: { body: { FromAccount: "nobody" } } })).toMatchObject({
    status: 400,
    body: { error: { pointer: "/when/body/FromAccount" } },
  });
});

test("lists the violations, except those of ignored rules", async () => {
  await fetchJson(server, "getContactGroup", { body: {} });
  const { body } = await control("violations");
  expect(body).toMatchObject({ valid: false, violations: [{ rule: "schema" }, { rule: "schema" }] });
  expect(body["report"]).toContain("/StartIndex is required");
  expect((await control("violations?ignore=schema&ignore=start-index")).body).toMatchObject({ valid: true });
  expect(await control("violations?ignore=shcema")).toMatchObject({
    status: 400,
    body: { error: { pointer: "/ignore" } },
  });
});

test("measures the coverage", async () => {
  await overHttp();
  expect((await control("coverage")).body).toMatchObject({ calls: 1, totals: { operations: { covered: 1 } } });
});

test.each([
  [{ operation: "nothing", responses: [{}] }, "/operation", "must be one of"],
  [{ operation: "get_contact_group", responses: [{ error: 1 }] }, "/responses/0/error", "error catalogue"],
  [{ operation: "get_contact_group", responses: { error: 50004 } }, "/responses", "responses must be an array"],
  [{ operation: "get_contact_group" }, "/responses", "responses must be an array"],
  [{ operation: "get_contact_group", responses: [] }, "/responses", "responses must have at least one response"],
  [{ operation: "get_contact_group", responses: [{}], times: 0 }, "/times", "times must be an integer"],
  [{ operation: "get_contact_group", responses: [{}], wen: {} }, "/wen", "Did you mean when?"],
  ["{", "", "The body must be a JSON object."],
  ["[]", "", "The body must be a JSON object."],
])("rejects the plan %j", async (body, pointer, message) => {
  expect(await post("plan", body)).toEqual({
    status: 400,
    body: { error: { message: expect.stringContaining(message), pointer } },
  });
});

test("rejects what a page of another origin could send without a preflight", async () => {
  expect((await post("reset", "{}", "text/plain")).status).toBe(415);
  const { headers } = await fetch(`${server.url}/__contract/exchanges`);
  expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
});

test("names its commands and their methods", async () => {
  expect(await control("nothing")).toMatchObject({
    status: 404,
    body: { error: { message: expect.stringContaining("plan, reset") } },
  });
  expect((await control("plan")).status).toBe(405);
  expect((await control("constructor")).status).toBe(404);
});

describe("its description", () => {
  const responseSchema = { ...description.components.schemas.Response };

  test("is served, and has every command", async () => {
    expect((await control("openapi.json")).body).toEqual(description);
    const message = String(((await control("nothing")).body as { error: { message: string } }).error.message);
    const paths = Object.keys(description.paths).map((path) => path.replace("/__contract/", ""));
    expect(message).toBe(`The control path has no such command. The commands are ${paths.join(", ")}.`);
    for (const path of paths) expect((await control(path, { method: "PUT" })).status).toBe(405);
  });

  test.each([
    [{ error: 50004, delayMs: 5 }, true],
    [{ body: {}, unchecked: true }, true],
    [{ status: 502, headers: { a: "b" } }, true],
    [{ reset: true }, true],
    [{ truncate: 7 }, true],
    [{ status: 200 }, false],
    [{ truncate: -1 }, false],
    [{ delayMs: 600_001 }, false],
    [{ unknown: 1 }, false],
  ])("accepts or rejects the response %j as the control path does", async (response, isGood) => {
    const validate = new Ajv2020({ strict: false }).compile(responseSchema);
    expect(validate(response)).toBe(isGood);
    expect((await post("plan", { operation: "get_contact_group", responses: [response] })).status).toBe(
      isGood ? 200 : 400,
    );
  });
});
