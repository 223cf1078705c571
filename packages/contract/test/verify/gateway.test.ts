/** A provider behind a gateway: header fields, credentials of its own, and responses that are not the service's. */
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { realClock } from "@contact-groups/core/real-clock";
import { afterEach, describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import type { VerifyOptions } from "../../src/verify/verify-options.ts";
import { planVerification, verify } from "../../src/verify/verify.ts";
import { runCommand } from "../cli/run-command.ts";
import { chatGroup, sdkAppId, secretKey, strictEmulator, users, verifyOptions } from "./strict-emulator.ts";
import { signUserSig } from "../../src/verify/request.ts";

type Fetch = typeof globalThis.fetch;
const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function serve(status: number, headers: Record<string, string> = {}, body = ""): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const token = `gateway-token-${createHmac("sha256", "gateway").digest("hex")}`;

/** A gateway with a path and a token of its own, which signs the UserSig itself. */
function signingGateway(): Required<Pick<VerifyOptions, "fetch" | "clock">> & { readonly queries: URLSearchParams[] } {
  const emulator = strictEmulator();
  const queries: URLSearchParams[] = [];
  const fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    queries.push(new URLSearchParams(url.search));
    if (new Headers(init?.headers).get("authorization") !== `Bearer ${token}`)
      return new Response(`No token, but ${JSON.stringify(init?.headers)}`, { status: 401 });
    const issuedAt = Math.floor(emulator.clock.now() / 1000);
    url.searchParams.set("sdkappid", String(sdkAppId));
    url.searchParams.set("identifier", "administrator");
    url.searchParams.set(
      "usersig",
      signUserSig({ sdkAppId, identifier: "administrator", secretKey, issuedAt, validSeconds: 60 }),
    );
    url.pathname = url.pathname.replace(/^\/chat\/im/, "");
    return emulator.fetch(url.href, init);
  };
  const { clock = realClock } = verifyOptions(emulator);
  return { fetch, clock, queries };
}

const gatewayOptions: VerifyOptions = {
  baseUrl: "http://localhost/chat/im/",
  gatewaySigns: true,
  headers: { Authorization: `Bearer ${token}` },
  users,
  chatGroup,
  seed: 1,
};

describe("a gateway that signs by itself", () => {
  test("passes without a UserSig, and what is about credentials is skipped with the reason", async () => {
    const { fetch, clock, queries } = signingGateway();
    const report = await verify({ ...gatewayOptions, fetch, clock, burst: false });
    expect(report.results.filter(({ outcome }) => outcome !== "passed" && outcome !== "skipped")).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(report.totals.passed).toBeGreaterThan(140);
    const left = report.plan.skipped.filter(({ because }) => because.includes("the gateway adds (`gatewaySigns`)"));
    expect(left.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["request-check-app", "request-check-usersig-expiry", "request-check-order-body"]),
    );
    expect(left.every(({ allowed }) => allowed)).toBe(true);
    const sent = new Set(queries.flatMap((query) => [...query.keys()]));
    expect([...sent].toSorted()).toEqual(["contenttype", "random"]);
  });

  test("gets the SDKAppID and the identifier when they are given", async () => {
    const { fetch, clock, queries } = signingGateway();
    const only = ["get-of-new-user-is-empty"];
    await verify({ ...gatewayOptions, sdkAppId, identifier: "administrator", fetch, clock, only });
    expect(queries[0]?.get("sdkappid")).toBe(String(sdkAppId));
    expect(queries[0]?.get("identifier")).toBe("administrator");
  });

  test("needs no key and accepts none", () => {
    expect(() => planVerification({ ...gatewayOptions, secretKey })).toThrow(
      /^`gatewaySigns` must not be set together with `userSig` or `secretKey`/,
    );
    const { gatewaySigns: _, ...options } = gatewayOptions;
    expect(() => planVerification(options)).toThrow(/^Exactly one of `userSig` and `secretKey` is required/);
    expect(() => planVerification({ ...options, userSig: "any" })).toThrow(/^`sdkAppId` must be a positive integer/);
  });
});

describe("header fields", () => {
  test("have values that no report and no error has", async () => {
    const { fetch, clock } = signingGateway();
    const headers = { Authorization: `Bearer ${token}x`, "X-Tenant": "7" };
    const rejected = await verify({ ...gatewayOptions, headers, fetch, clock }).catch(String);
    expect(rejected).toMatch(/rejects the call before the service gets it \(HTTP 401 "No token, but .*Check `headers`/);
    expect(rejected).not.toContain(token);

    const echoing: Fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes("no_such_command")) return response;
      return Response.json({ ActionStatus: "FAIL", ErrorCode: 1, ErrorInfo: `${token} is not known` });
    };
    const only = ["request-check-path"];
    const report = await verify({ ...gatewayOptions, fetch: echoing, clock, only });
    expect(report.totals.failed).toBe(1);
    expect(JSON.stringify([report, findingsOfReport(report)])).not.toContain(token);
    expect(report.results[0]?.failures[0]?.request).toContain('-H "Authorization: $AUTHORIZATION"');
  });

  test("come from the command line, also from the environment", async () => {
    const { fetch } = signingGateway();
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = "", url = "", headers } = request;
      const result = await fetch(`http://localhost${url}`, {
        method,
        headers: { authorization: headers.authorization ?? "", "x-tenant": String(headers["x-tenant"]) },
        ...(method === "POST" && { body: Buffer.concat(chunks) }),
      });
      response
        .writeHead(headers["x-tenant"] === "7" ? result.status : 403, { "Content-Type": "application/json" })
        .end(await result.text());
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const fields = ["--header", "X-Tenant: 7", "--header-env", "Authorization=GATEWAY"];
    const provider = ["--base-url", `http://127.0.0.1:${port}/chat/im`, "--gateway-signs", ...fields];
    const some = ["--users", users.slice(0, 9).join(","), "--only", "created-group-is-found,request-check-app"];
    const { code, stdout, stderr } = await runCommand(["verify", ...provider, ...some], {
      environment: { GATEWAY: `Bearer ${token}` },
    });
    expect(stderr).not.toContain(token);
    expect(stdout).toMatch(/SKIPPED request-check-app: .*\(--gateway-signs\)\n[^]*1 passed/);
    expect(code).toBe(0);
  });

  test.each([
    ["--header", "Authorization secret-of-the-gateway", /^--header must be as in --header 'X-Tenant: 7'\.\n$/],
    ["--header", "A B: secret-of-the-gateway", /^The header field "A B" is not one that/],
    ["--header-env", "Authorization=NO_SUCH", /^--header-env: the environment variable NO_SUCH is not set\.\n$/],
  ])("%s %s is rejected without its value", async (option, value, message) => {
    const args = ["verify", "--base-url", "http://127.0.0.1:9", "--gateway-signs", option, value];
    const { code, stderr } = await runCommand(args, { environment: {} });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("secret-of-the-gateway");
    expect(code).toBe(2);
  });
});

describe("a response that is not the service's ends the run with one sentence", () => {
  test.each<[string, number, Record<string, string>, string, RegExp]>([
    [
      "a missing token",
      401,
      {},
      '{"message":"no token"}',
      /rejects the call before .* \(HTTP 401 "\{.*no token.*Check --header:/,
    ],
    ["a forbidden path", 403, {}, "<h1>Forbidden</h1>", /\(HTTP 403 "<h1>Forbidden<\/h1>"\)\. Check --header:/],
    [
      "another server",
      404,
      {},
      "",
      /nothing at POST \/v4\/.* \(HTTP 404\)\. Check the host and the path of --base-url\.$/,
    ],
    ["a broken service", 500, {}, "oops", /fails for every call \(HTTP 500 "oops"\)\./],
    [
      "a gateway without its service",
      502,
      {},
      "",
      /does not respond: HTTP 502 from something in front of the service\./,
    ],
    [
      "a redirect",
      302,
      { Location: "https://chat.example/login?usersig=s" },
      "",
      /redirects to https:\/\/chat\.example\/login \(HTTP 302\), which is not followed.* Set --base-url/,
    ],
    [
      "a page to log in",
      200,
      { "Content-Type": "text/html" },
      "<html>Log in</html>",
      /a page in HTML or XML \(HTTP 200 "<html>Log in<\/html>"\)\. Check --base-url;/,
    ],
  ])("%s", async (_, status, headers, body, message) => {
    const args = ["--sdkappid", String(sdkAppId), "--identifier", "administrator", "--secret-key-env", "KEY"];
    const url = await serve(status, headers, body);
    const { code, stderr } = await runCommand(["verify", "--base-url", url, ...args], {
      environment: { KEY: secretKey },
    });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr.trimEnd()).toMatch(message);
    expect(code).toBe(2);
  });
});

/** Calls an emulator, except for calls that a gateway has no response for. */
function gateway(isLost: (path: string, code: number, calls: number) => boolean, status = 502): VerifyOptions {
  const emulator = strictEmulator();
  let calls = 0;
  const fetch: Fetch = async (input, init) => {
    const response = await emulator.fetch(input as string, init);
    const { ErrorCode: code } = (await response.clone().json()) as { readonly ErrorCode: number };
    return isLost(new URL(String(input)).pathname, code, ++calls) ? new Response("", { status }) : response;
  };
  return verifyOptions(emulator, fetch);
}

describe("a gateway without a response", () => {
  const search = operations.find(({ batch, effect }) => batch && effect === "read")!.path;

  test.each<[string, Parameters<typeof gateway>[0]]>([
    ["to every failure", (_, code) => code !== 0],
    ["to every search", (path) => path === search],
  ])("%s breaks the contract", async (_, isLost) => {
    const only = [
      "get-for-unknown-user",
      "search-leaves-unknown-out",
      "search-for-unknown-user",
      "get-of-new-user-is-empty",
    ];
    for (const status of [502, 503, 504]) {
      const { totals, exitCode, results } = await verify({ ...gateway(isLost, status), only });
      expect({ error: totals.error, exitCode }).toEqual({ error: 0, exitCode: 1 });
      expect(totals.failed).toBeGreaterThanOrEqual(2);
      expect(totals.passed).toBeGreaterThanOrEqual(1);
      expect(results.find(({ outcome }) => outcome === "failed")?.failures[0]).toMatchObject({
        expected: "HTTP 200, as every response of the service has",
        got: `HTTP ${status} from something in front of the service`,
      });
    }
  });

  test("to the operation of the first call breaks the contract as well", async () => {
    const pages = operations.find(({ paging }) => paging)!.path;
    const only = ["get-of-new-user-is-empty", "search-for-unknown-user"];
    const { totals } = await verify({ ...gateway((path) => path === pages), only });
    expect(totals).toMatchObject({ passed: 1, failed: 1 });
  });

  test("to single calls is called again", async () => {
    const { totals } = await verify({ ...gateway((_, __, calls) => calls % 9 === 0), only: ["stateful"] });
    expect(totals.passed).toBeGreaterThan(30);
    expect(totals.failed).toBe(0);
  });

  test("to a rename gives no verdict, because it may have been done", async () => {
    const rename = operations.find(({ operationId }) => operationId === "updateContactGroup")!.path;
    let renames = 0;
    const options = gateway((path) => path === rename && ++renames === 1);
    const { results } = await verify({ ...options, only: ["renamed-group-keeps-its-conversations"] });
    expect(results).toMatchObject([
      { outcome: "error", because: expect.stringContaining("may have done the call twice") },
    ]);
  });

  test("for the rest of the run ends it after a few scenarios, without a verdict", async () => {
    const { totals, exitCode, results } = await verify(gateway((_, __, calls) => calls > 120));
    expect(exitCode).toBe(4);
    expect(totals).toMatchObject({ failed: 0, error: 3 });
    expect(results.at(-1)?.because).toBe("the provider stopped responding: 3 scenarios before it had no response");
  });

  test("because the connection ends breaks the contract when other calls have one", async () => {
    const emulator = strictEmulator();
    const fetch: Fetch = (input, init) =>
      typeof init?.body === "string" && init.body.endsWith("}")
        ? emulator.fetch(input as string, init)
        : Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }));
    const { results } = await verify({ ...verifyOptions(emulator, fetch), only: ["request-check-syntax"] });
    expect(results[0]).toMatchObject({
      outcome: "failed",
      failures: [{ got: "the connection failed: ECONNRESET" }],
    });
  });
});

describe("another machine", () => {
  test.each(["https://gateway.example/chat", "http://192.168.1.7:4020", "http://emulator:4020"])(
    "such as %s is not written to without yes, and its rate limit is not exceeded without burst",
    async (baseUrl) => {
      const options = { ...verifyOptions(strictEmulator()), baseUrl };
      const calls: string[] = [];
      const fetch: Fetch = (input) => Promise.reject(new Error(String(calls.push(String(input)))));
      await expect(verify({ ...options, fetch })).rejects.toThrow(
        /is not this machine, and groups would be written to \d+ users\. Set `yes` to allow it, or `readOnly`/,
      );
      expect(calls).toEqual([]);
      expect(planVerification(options).exceedsRate).toEqual([]);
      expect(planVerification({ ...options, burst: true }).exceedsRate).toEqual(["call-rate"]);
    },
  );

  test.each([
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://127.9.9.9:1",
    "http://[::1]:1",
    "http://a.localhost:1",
  ])("is not %s", (baseUrl) => {
    expect(planVerification({ ...verifyOptions(strictEmulator()), baseUrl }).exceedsRate).toEqual(["call-rate"]);
  });
});
