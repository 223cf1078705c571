import { expect, test } from "vitest";
import { realClock } from "@contact-groups/core/real-clock";
import { createContract } from "../src/create-contract.ts";
import { createContractFetch, type Contract } from "../src/index.ts";
import { listen } from "../src/listen.ts";
import { checkCode } from "../src/operations.ts";
import { operationOf, requestOf, verdictOf } from "./calls.ts";
import type { PrismVerdict } from "../src/prism.ts";

const { path } = operationOf("getContactGroup");
const url = `http://contract.test${path}?sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEK&random=1&contenttype=json`;

function request(): Request {
  return new Request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(requestOf("getContactGroup")),
  });
}

/** Creates a contract whose Prism has this verdict on every request. */
function contractThat(verdict: PrismVerdict): Contract {
  const prism = () =>
    Promise.resolve({ validateRequest: () => Promise.resolve(verdict), validateResponse: () => Promise.resolve([]) });
  return createContract({ prism, maxBodyBytes: 1000, maxExchanges: 1, clock: realClock }).api;
}

test("responds to a Request with a Response, without a server", async () => {
  const response = await createContractFetch().fetch(request());
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ActionStatus: "OK" });
});

test("responds to a preflight without a body", async () => {
  const headers = { "Access-Control-Request-Method": "POST" };
  const response = await createContractFetch().fetch(url, { method: "OPTIONS", headers });
  expect([response.status, response.body]).toEqual([204, null]);
});

test("forwards Prism's violations by an example of the description", async () => {
  const violations = [
    {
      location: ["response", "body"],
      code: "required",
      message: "Response body must have required property 'GroupItem'",
    },
  ];
  const response = await contractThat({ status: 200, violations }).fetch(request());
  expect(verdictOf(response)).toEqual({ status: 200, violations });
});

test.each([
  [
    "query",
    { location: ["request", "query", "random"], code: "type", message: "Request query parameter random is odd" },
  ],
  ["body", { location: ["request", "body"], code: "odd", message: "Request body is odd" }],
] as const)("rejects what only Prism rejects in the %s, with Prism's message", async (check, violation) => {
  const response = await contractThat({ status: 422, violations: [violation] }).fetch(request());
  expect(await response.json()).toEqual({
    ActionStatus: "FAIL",
    ErrorCode: checkCode(check),
    ErrorInfo: `Prism: ${violation.message}`,
  });
});

test("keeps the verdict in ASCII and under 4 KiB", async () => {
  const violations = Array.from({ length: 500 }, (_, index) => ({
    location: ["request", `群${index}`],
    code: "type",
    message: "é".repeat(999),
  }));
  const response = await contractThat({ status: 422, violations }).fetch(request());
  const header = response.headers.get("Prism-Verdict") ?? "";
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(header.length).toBeLessThanOrEqual(4096);
  const verdict = verdictOf(response);
  expect(verdict?.violations[0]?.location).toEqual(["request", "群0"]);
  expect((verdict?.violations.length ?? 0) + (verdict?.omitted ?? 0)).toBe(500);
});

test("responds with HTTP 500 without details when the contract itself fails", async () => {
  const fail = (): Promise<never> => Promise.reject(new TypeError(`secret of ${url}`));
  await using server = await listen(fail, {
    port: 0,
    host: "127.0.0.1",
    maxBodyBytes: 1000,
    requestTimeoutMs: 10_000,
    clock: realClock,
  });
  const response = await fetch(`${server.url}${path}`);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe(
    "The contract server failed with TypeError. This is an internal error of @contact-groups/contract.\n",
  );
});
