/** Compares the verdicts of this package with those of Prism's own server and proxy, which get the same bytes. */
import { once } from "node:events";
import { createServer as createHttpServer, request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { createLogger } from "@stoplight/prism-core";
import type { IHttpConfig } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseBody } from "../src/body.ts";
import { loadPrism } from "../src/load-prism.ts";
import { type HeaderFields, toHeaderFields } from "../src/message.ts";
import { readOperations } from "../src/prism-operations.ts";
import type { PrismVerdict, PrismViolation } from "../src/prism.ts";
import { multimap } from "../src/request-checks.ts";
import { operationOf, requestOf, userSig } from "./calls.ts";
import { targetOf } from "./send.ts";

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const { path, method } = operationOf("getContactGroup");
const good = JSON.stringify(requestOf("getContactGroup"));
const success = JSON.stringify(operationOf("getContactGroup").responses[0]?.value);
const failure = '{"ActionStatus":"FAIL","ErrorCode":50001,"ErrorInfo":"群"}';

/** What the upstream sends. */
let response: Sent = { status: 200, headers: { "Content-Type": "application/json" }, body: Buffer.from(success) };
const upstream = createHttpServer((incoming, outgoing) => {
  incoming.resume();
  outgoing.writeHead(response.status, response.headers);
  outgoing.end(response.body);
});

const closing: (() => Promise<void>)[] = [];
let mock = "";
let proxy = "";
beforeAll(async () => {
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  const operations = await readOperations();
  const logger = createLogger("real", { level: "silent" });
  const start = async (mode: Pick<IHttpConfig, "isProxy"> & Partial<IHttpConfig & { upstream: URL }>) => {
    const config = {
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
      ...mode,
    } as IHttpConfig;
    const server = createServer(operations, { cors: false, config, components: { logger } });
    closing.push(() => server.close() as Promise<void>);
    return server.listen(0, "127.0.0.1");
  };
  const { port } = upstream.address() as AddressInfo;
  mock = await start({ isProxy: false });
  proxy = await start({ isProxy: true, upstream: new URL(`http://127.0.0.1:${port}`) });
});
afterAll(async () => {
  for (const close of closing) await close();
  upstream.closeAllConnections();
  upstream.close();
});

/** Sends a request to Prism, and waits only shortly if it is not expected to respond. Undefined when it does not, or with an error of its own. */
async function sendTo(
  origin: string,
  target: string,
  fields: OutgoingHttpHeaders,
  body: Uint8Array,
  responds: boolean,
): Promise<{ readonly status: number; readonly violations: readonly PrismViolation[] } | undefined> {
  const outgoing = httpRequest(`${origin}${target}`, {
    method,
    headers: fields,
    timeout: responds ? 60_000 : 300,
    agent: false,
  });
  return new Promise((resolve, reject) => {
    // Prism never responds to malformed JSON.
    outgoing.on("timeout", () => {
      outgoing.destroy();
      resolve(undefined);
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      incoming.resume();
      const { statusCode = 0, headers: received } = incoming;
      const isOwnError = statusCode === 500 || statusCode === 400;
      const list = JSON.parse(String(received["sl-violations"] ?? "[]")) as Readonly<PrismViolation>[];
      const violations = list.map(({ location, code = "", message }) => ({ location, code: String(code), message }));
      incoming.on("end", () => resolve(isOwnError ? undefined : { status: statusCode, violations }));
    });
    outgoing.end(body);
  });
}

/** The request as Node.js received it: what Prism's server reads, and what this package reads. */
function asReceived(fields: OutgoingHttpHeaders): HeaderFields {
  return toHeaderFields(
    Object.entries(fields).flatMap(([name, value]) => [value ?? ""].flat().flatMap((one) => [name, String(one)])),
  );
}

const json = "application/json";
const bytes = (text: string, charset: BufferEncoding = "utf8"): Uint8Array => Buffer.from(text, charset);
const notUtf8 = Buffer.concat([bytes('{"StartIndex":0,"From_Account":"'), Buffer.from([0xff]), bytes('"}')]);
const requests: readonly (readonly [title: string, type: string | undefined, body: Uint8Array])[] = [
  ["JSON", json, bytes(good)],
  ["JSON with a charset", "application/json; charset=utf-8", bytes(good)],
  ["JSON in capital letters", "Application/JSON;Charset=UTF-8", bytes(good)],
  ["another JSON type", "application/vnd.example+json", bytes(good)],
  ["plain text", "text/plain;charset=UTF-8", bytes(good)],
  ["HTML", "text/html", bytes(good)],
  ["a form", "application/x-www-form-urlencoded", bytes(good)],
  ["no media type", undefined, bytes(good)],
  ["gbk", "application/json; charset=gbk", bytes(good)],
  ["Latin-1", 'application/json; charset="iso-8859-1"', bytes('{"From_Account":"\u00e9","StartIndex":0}', "latin1")],
  ["an unknown charset", "application/json; charset=nothing", bytes(good)],
  ["a byte order mark", json, bytes(`\uFEFF${good}`)],
  ["bytes that are not UTF-8", json, notUtf8],
  ["malformed JSON", json, bytes("{")],
  ["malformed JSON as text", "text/plain", bytes("{")],
  ["no body", json, bytes("")],
  ["no body and no media type", undefined, bytes("")],
  ["an invalid body", json, bytes('{"From_Account":1}')],
  ["a list", json, bytes("[]")],
  ["null", json, bytes("null")],
  ["false", json, bytes("false")],
];

describe("requests", () => {
  test.each(requests)("Prism's server has the same verdict on %s", async (_, type, body) => {
    response = { status: 200, headers: { "Content-Type": json }, body: bytes(success) };
    const fields = { ...(type !== undefined && { "Content-Type": type }), "Content-Length": body.byteLength };
    for (const target of [
      targetOf("getContactGroup"),
      targetOf("getContactGroup", { usersig: undefined, random: "x" }),
    ]) {
      const query = multimap(new URLSearchParams(target.split("?")[1]));
      const prism = await loadPrism();
      const request = { method, path, query, headers: asReceived(fields), body: parseBody(body) };
      const verdict = await prism.validateRequest(request);
      const byMock = await sendTo(mock, target, fields, body, verdict !== undefined);
      const byProxy = await sendTo(proxy, target, fields, body, verdict !== undefined);
      expect(verdict?.status).toBe(byMock?.status);
      expect(verdict?.violations).toEqual(byProxy?.violations);
    }
  });

  test("Prism's server has the same verdict on a body in chunks", async () => {
    for (const type of [json, "text/plain"]) {
      const fields = { "Content-Type": type, "Transfer-Encoding": "chunked" };
      const target = targetOf("getContactGroup");
      const query = multimap(new URLSearchParams(target.split("?")[1]));
      const request = { method, path, query, headers: asReceived(fields), body: parseBody(bytes(good)) };
      const verdict: PrismVerdict | undefined = await (await loadPrism()).validateRequest(request);
      expect(verdict?.status).toBe((await sendTo(mock, target, fields, bytes(good), true))?.status);
    }
  });
});

const responses: readonly (readonly [title: string, status: number, type: string | undefined, body: Uint8Array])[] = [
  ["a success", 200, json, bytes(success)],
  ["a failure", 200, json, bytes(failure)],
  ["a charset", 200, "application/json;charset=utf-8", bytes(failure)],
  ["HTML", 200, "text/html", bytes(failure)],
  ["an HTML page", 200, "text/html", bytes("<html></html>")],
  ["no media type", 200, undefined, bytes(failure)],
  ["another JSON type", 200, "application/problem+json", bytes(failure)],
  ["gbk", 200, "application/json; charset=gbk", bytes(failure)],
  ["a byte order mark", 200, json, bytes(`\uFEFF${failure}`)],
  ["malformed JSON", 200, json, bytes("{")],
  ["no body", 200, json, bytes("")],
  ["no body and no media type", 200, undefined, bytes("")],
  ["a code as text", 200, json, bytes('{"ActionStatus":"FAIL","ErrorCode":"50001","ErrorInfo":""}')],
  ["a key twice", 200, json, bytes('{"ActionStatus":"FAIL","ErrorCode":0,"ErrorCode":50001,"ErrorInfo":""}')],
  ["null", 200, json, bytes("null")],
  ["201", 201, json, bytes(failure)],
  ["204", 204, json, bytes("")],
  ["404", 404, json, bytes(failure)],
  ["502", 502, "text/html", bytes("<html></html>")],
];

test.each(responses)("Prism's proxy has the same verdict on a response with %s", async (_, status, type, body) => {
  const fields: Record<string, string> = type === undefined ? {} : { "Content-Type": type };
  response = { status, headers: fields, body };
  const request = { "Content-Type": json, "Content-Length": good.length };
  const byProxy = await sendTo(proxy, targetOf("getContactGroup"), request, bytes(good), true);
  const found = await (
    await loadPrism()
  ).validateResponse({ method, path, status, headers: Object.entries(fields), body: parseBody(body) });
  expect(found).toEqual(byProxy?.violations);
});

const inCapitals = (target: string): string => target.replace("random=", "RANDOM=");
const withNote = padEnd(good, '"StartIndex":0');
function padEnd(text: string, more: string): string {
  return `${text.slice(0, -1)},${more}}`;
}
const tooManyBytes = JSON.stringify({ From_Account: "user_0001", GroupContactItem: [{ GroupName: "群".repeat(32) }] });

// The README's table of what this server adds to Prism has these.
test.each<[title: string, status: number | undefined, target: string, body: string, fields?: OutgoingHttpHeaders]>([
  ["a credential is missing", 401, targetOf("getContactGroup", { usersig: undefined }), good],
  ["the path is unknown", 404, targetOf("getContactGroup").replace("?", "s?"), good],
  ["a parameter is missing", 422, targetOf("getContactGroup", { random: undefined }), good],
  ["a parameter is malformed", 422, targetOf("getContactGroup", { random: "x" }), good],
  ["a credential is malformed", 200, targetOf("getContactGroup", { usersig: "a b" }), good],
  ["a parameter is in capital letters", 200, inCapitals(targetOf("getContactGroup")), good],
  ["the JSON is malformed", undefined, targetOf("getContactGroup"), "{"],
  ["the body begins with a byte order mark", undefined, targetOf("getContactGroup"), `\uFEFF${good}`],
  ["the body breaks the schema", 422, targetOf("getContactGroup"), "{}"],
  ["a text has too many bytes", 200, targetOf("createContactGroup"), tooManyBytes],
  ["a key is there twice", 200, targetOf("getContactGroup"), withNote],
  ["an integer has a fraction", 200, targetOf("getContactGroup"), good.replace('"StartIndex":0', '"StartIndex":0.0')],
  ["the media type is another", 415, targetOf("getContactGroup"), good, { "Content-Type": "text/plain" }],
  [
    "the charset is another",
    200,
    targetOf("getContactGroup"),
    good,
    { "Content-Type": "application/json; charset=gbk" },
  ],
  ["the UserSig is in a header", 200, targetOf("getContactGroup"), good, { Authorization: `Bearer ${userSig}` }],
  [
    "an example is preferred for an invalid request",
    422,
    targetOf("getContactGroup"),
    "{}",
    { Prefer: "example=OnlyPage" },
  ],
  ["the preferred example is unknown", 404, targetOf("getContactGroup"), good, { Prefer: "example=Nothing" }],
])("Prism's server alone: %s: %j", async (_, status, target, body, fields = {}) => {
  const all = { "Content-Type": json, ...fields, "Content-Length": Buffer.byteLength(body) };
  expect((await sendTo(mock, target, all, bytes(body), status !== undefined))?.status).toBe(status);
});
