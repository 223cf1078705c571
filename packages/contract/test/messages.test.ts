/** What Prism does not see of a message, and what only Prism finds, in requests and responses. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { realClock } from "@contact-groups/core/real-clock";
import { limits } from "@contact-groups/openapi/model";
import { createContract } from "../src/create-contract.ts";
import { createContractFetch, judge } from "../src/index.ts";
import { messageFixes } from "../src/judge/message-rules.ts";
import { loadPrism } from "../src/load-prism.ts";
import type { ResponseMessage } from "../src/message.ts";
import { operations } from "../src/operations.ts";
import type { Prism } from "../src/prism.ts";
import { checkExchanges } from "../src/record/check.ts";
import { checkResponse } from "../src/response-checks.ts";
import { checkForm } from "../src/verify/check-response.ts";
import { operationOf, requestOf, userSig } from "./calls.ts";
import { runCommand } from "./cli/run-command.ts";
import { temporaryFolder } from "./coverage/folder.ts";
import { call, recorded } from "./coverage/recorded.ts";
import { harOf } from "./har/har.ts";
import { targetOf } from "./send.ts";

const api = createContractFetch({ maxExchanges: 1 });
const good = JSON.stringify(requestOf("getContactGroup"));
const page = JSON.stringify(operationOf("getContactGroup").responses[0]?.value);
const operation = operations.find(({ operationId }) => operationId === "getContactGroup") ?? operations[0]!;
const json = { "Content-Type": "application/json" };

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly target?: string;
}

/** Sends a request; returns its violations, and whether the response was the normal one. */
async function violationsOf({ headers = json, body = good, target = targetOf("getContactGroup") }: Sent) {
  // A Blob without a type has no Content-Type.
  const response = await api.fetch(target, {
    method: "POST",
    headers: { ...headers },
    body: new Blob([Buffer.from(body)]),
  });
  const { ActionStatus } = (await response.json()) as { readonly ActionStatus: string };
  const violations = api.violations().map(({ rule, in: place, pointer }) => [rule, `${place} ${pointer}`.trim()]);
  return { ActionStatus, violations };
}

const key = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const padded = (text: string, more: string): string => `${text.slice(0, -1)},${more}}`;

describe("requests", () => {
  test.each([
    ["a Content-Type that is missing", { headers: {} }, "content-type", "header /content-type"],
    [
      "a form",
      { headers: { "Content-Type": "application/x-www-form-urlencoded" } },
      "content-type",
      "header /content-type",
    ],
    ["plain text", { headers: { "Content-Type": "text/plain" } }, "content-type", "header /content-type"],
    [
      "another JSON type",
      { headers: { "Content-Type": "application/x+json" } },
      "content-type",
      "header /content-type",
    ],
    ["a Content-Type that is not one", { headers: { "Content-Type": "json" } }, "content-type", "header /content-type"],
    [
      "another charset",
      { headers: { "Content-Type": "application/json; charset=GBK" } },
      "content-type",
      "header /content-type",
    ],
    ["a byte order mark", { body: `\uFEFF${good}` }, "encoding", "body"],
    ["a key twice", { body: padded(good, '"StartIndex":0') }, "duplicate-key", "body /StartIndex"],
    ["an escaped key twice", { body: padded(good, '"Start\\u0049ndex":0') }, "duplicate-key", "body /StartIndex"],
    [
      "an integer with a fraction",
      { body: good.replace(/"StartIndex":0/, '"StartIndex":0.0') },
      "integer-form",
      "body /StartIndex",
    ],
    [
      "the UserSig in a header",
      { headers: { ...json, Authorization: `Bearer ${userSig}` } },
      "secret",
      "header /authorization",
    ],
    [
      "the UserSig in another parameter",
      { target: `${targetOf("getContactGroup")}&note=${userSig}` },
      "secret",
      "query /note",
    ],
  ])("reports %s, and responds as usual", async (_, sent: Sent, rule, place) => {
    expect(await violationsOf(sent)).toEqual({ ActionStatus: "OK", violations: [[rule, place]] });
  });

  test("rejects a body that is not UTF-8", async () => {
    const body = Buffer.concat([
      Buffer.from('{"From_Account":"'),
      Buffer.from([0xff]),
      Buffer.from('","StartIndex":0}'),
    ]);
    const { ActionStatus, violations } = await violationsOf({ body });
    expect({ ActionStatus, violations }).toEqual({ ActionStatus: "FAIL", violations: [["encoding", "body"]] });
  });

  test("reports the UserSig in the body, escaped as well, and in the path", async () => {
    const escaped = `\\u0065${userSig.slice(1)}`;
    for (const text of [userSig, escaped])
      expect((await violationsOf({ body: padded(good, `"Note":"${text}"`) })).violations).toContainEqual([
        "secret",
        "body",
      ]);
    const target = targetOf("getContactGroup").replace("?", `/${userSig}?`);
    expect((await violationsOf({ target })).violations).toContainEqual(["secret", "path"]);
  });

  test("accepts application/json in capital letters and with the charset UTF-8", async () => {
    for (const type of ["Application/JSON", "application/json;charset=utf8", 'application/json; charset="UTF-8"'])
      expect(await violationsOf({ headers: { "Content-Type": type } })).toEqual({ ActionStatus: "OK", violations: [] });
  });

  test("no violation, record or report repeats the UserSig", async () => {
    await violationsOf({
      headers: { ...json, [userSig]: "1", Cookie: `a=${userSig}` },
      body: padded(good, `"${userSig}":0,"${userSig}":0`),
    });
    expect(JSON.stringify([api.exchanges, api.violations()])).not.toContain(userSig.slice(0, 20));
  });
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const response = (changes: Partial<ResponseMessage>): ResponseMessage => ({
  status: 200,
  headers: [["Content-Type", "application/json"]],
  body: bytes(page),
  ...changes,
});

describe("responses", () => {
  test.each<[string, Partial<ResponseMessage>, [string, string][]]>([
    ["a valid body", {}, []],
    ["HTML", { headers: [["Content-Type", "text/html"]] }, [["content-type", "header /content-type"]]],
    ["no Content-Type", { headers: [] }, [["content-type", "header /content-type"]]],
    [
      "gbk",
      { headers: [["Content-Type", "application/json; charset=gbk"]] },
      [["content-type", "header /content-type"]],
    ],
    ["a byte order mark", { body: bytes(`\uFEFF${page}`) }, [["encoding", "body"]]],
    ["ErrorCode twice", { body: bytes(padded(page, '"ErrorCode":0')) }, [["duplicate-key", "body /ErrorCode"]]],
    [
      "an ErrorCode with an exponent",
      { body: bytes(page.replace(/"ErrorCode":0/, '"ErrorCode":0e0')) },
      [["integer-form", "body /ErrorCode"]],
    ],
    [
      "an ErrorCode as text",
      { body: bytes('{"ActionStatus":"FAIL","ErrorCode":"50001","ErrorInfo":""}') },
      [["type", "body /ErrorCode"]],
    ],
    ["the UserSig", { body: bytes(page.replace('"ErrorInfo":""', `"ErrorInfo":"${userSig}"`)) }, [["secret", "body"]]],
    [
      "the UserSig in a header",
      {
        headers: [
          ["Content-Type", "application/json"],
          ["X-Debug", `usersig=${userSig}`],
        ],
      },
      [["secret", "header /x-debug"]],
    ],
    [
      "a page of a gateway",
      { status: 502, headers: [["Content-Type", "text/html"]], body: bytes("<html>") },
      [["status", "status"]],
    ],
    [
      "a page that repeats the UserSig",
      { status: 404, body: bytes(`<a href="?usersig=${userSig}">`) },
      [
        ["status", "status"],
        ["secret", "body"],
      ],
    ],
    [
      "an invalid body as HTML",
      { headers: [["Content-Type", "text/html"]], body: bytes('{"ActionStatus":"FAIL","ErrorInfo":""}') },
      [
        ["content-type", "header /content-type"],
        ["oneOf", "body /ErrorCode"],
      ],
    ],
  ])("finds what is wrong with %s", async (_, changes, expected) => {
    const found = await checkResponse(operation, response(changes), await loadPrism(), { secrets: [userSig] });
    expect(found.map(({ rule, in: place, pointer }) => [rule, `${place} ${pointer}`.trim()])).toEqual(expected);
  });

  test("finds a key of the caller", async () => {
    const body = bytes(page.replace('"ErrorInfo":""', `"ErrorInfo":"${key}"`));
    const found = await checkResponse(operation, response({ body }), await loadPrism(), { secrets: [key] });
    expect(found).toMatchObject([{ rule: "secret" }]);
  });

  test("finds a response that takes longer than the service lets a call take", async () => {
    const tookMs = limits.serviceTimeout.maximum * 1000;
    const check = async (ms: number) => checkResponse(operation, response({}), await loadPrism(), { tookMs: ms });
    expect(await check(tookMs)).toEqual([]);
    expect(await check(tookMs + 500)).toMatchObject([
      { in: "time", rule: "latency", message: expect.stringContaining("3.5 s") },
    ]);
  });

  test("a recording has them as violations of the provider, without the UserSig", async () => {
    const text = page.replace('"ErrorInfo":""', `"ErrorInfo":"${userSig}"`);
    const exchanges = await recorded([
      { ...call("getContactGroup", requestOf("getContactGroup"), undefined, { responseText: text }), durationMs: 9000 },
    ]);
    expect(checkExchanges(exchanges).violations).toMatchObject([
      { side: "response", rule: "secret", fix: messageFixes.secret },
      { side: "response", rule: "latency", fix: messageFixes.latency },
    ]);
    expect(JSON.stringify(exchanges)).not.toContain(userSig.slice(0, 20));
  });

  test("a delay that a test plans is not the provider's", async () => {
    let now = 0;
    const clock = {
      now: () => now,
      after: (ms: number, run: () => void) => ((now += ms), queueMicrotask(run), () => {}),
    };
    const planned = createContractFetch({ clock });
    planned.plan("get_contact_group", { delayMs: 60_000 });
    await planned.fetch(targetOf("getContactGroup"), { method: "POST", headers: json, body: good });
    expect(planned.exchanges[0]?.durationMs).toBe(60_000);
    expect(judge(planned.exchanges, { sides: ["request", "response"] })).toEqual([]);
  });
});

describe("what only Prism finds", () => {
  const odd = (side: string, ...path: string[]) => ({ location: [side, ...path], code: "odd", message: "It is odd" });
  const standIn: Prism = {
    validateRequest: () => Promise.resolve({ status: 422, violations: [odd("request", "body", "StartIndex")] }),
    validateResponse: () =>
      Promise.resolve([odd("response", "body", "CompleteFlag"), odd("response", "header", "date")]),
  };

  test("is a violation of the request, and rejects it", async () => {
    const contract = createContract({
      prism: () => Promise.resolve(standIn),
      maxBodyBytes: 1000,
      maxExchanges: 1,
      clock: realClock,
    });
    const sent = await contract.api.fetch(targetOf("getContactGroup"), { method: "POST", headers: json, body: good });
    expect(await sent.json()).toMatchObject({ ActionStatus: "FAIL", ErrorInfo: "Prism: It is odd" });
    expect(contract.api.violations()).toMatchObject([
      {
        side: "request",
        rule: "prism",
        in: "body",
        pointer: "/StartIndex",
        message: "Prism: It is odd",
        fix: messageFixes.prism,
      },
    ]);
  });

  test("is a violation of the response, in verify as well", async () => {
    const sent = {
      message: response({}),
      secrets: [],
      sentAt: 0,
      tookMs: 0,
      status: 200,
      body: JSON.parse(page) as unknown,
      text: page,
    };
    expect(await checkForm(operation, sent, { prism: standIn })).toMatchObject([
      { rule: "prism", pointer: "/CompleteFlag", expected: "Prism: It is odd", got: "1" },
      { rule: "prism", pointer: "/date", expected: "Prism: It is odd" },
    ]);
    expect(await checkResponse(operation, response({}), standIn)).toEqual([
      { in: "body", pointer: "/CompleteFlag", rule: "prism", message: "Prism: It is odd" },
      { in: "header", pointer: "/date", rule: "prism", message: "Prism: It is odd" },
    ]);
  });
});

test("check reports the violations of both sides in a HAR file", async () => {
  const file = join(temporaryFolder(), "calls.har");
  const observed = call("getContactGroup", requestOf("getContactGroup"), undefined, {
    responseText: padded(page, '"ErrorCode":0'),
  });
  writeFileSync(file, JSON.stringify(harOf([{ ...observed, requestHeaders: [["Content-Type", "text/plain"]] }])));
  const { code, stdout } = await runCommand(["check", file]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\[content-type\][^]*\[duplicate-key\]/);
});
