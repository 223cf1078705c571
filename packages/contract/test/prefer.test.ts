import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContractServer, startContractServer } from "../src/index.ts";
import { preferredResponse } from "../src/plan/prefer.ts";
import { checkCode } from "../src/operations.ts";
import { post, requestOf, urlOf } from "./calls.ts";
import { failureExamples, testedOperations } from "./tested-operations.ts";

test.each([
  ["example=OnlyPage", { example: "OnlyPage" }],
  ['example="OnlyPage"', { example: "OnlyPage" }],
  ['Example = "Only\\Page"', { example: "OnlyPage" }],
  ["respond-async, wait=10, example=OnlyPage", { example: "OnlyPage" }],
  ['foo="a, example=Other", example=OnlyPage; bar=1', { example: "OnlyPage" }],
  ["example=OnlyPage, example=Other", { example: "OnlyPage" }],
  ["error=51007", { error: "51007" }],
  ["error=ServiceTimeout, delay=20", { error: "ServiceTimeout", delayMs: 20 }],
  ["status=502", { status: 502 }],
  ["reset", { reset: true }],
  ["truncate", { truncate: true }],
  ["truncate=20", { truncate: 20 }],
  ["status=soon", { status: NaN }],
  ["example", undefined],
  ["example=", undefined],
  ['example=""', undefined],
  ["code=200, dynamic=true", undefined],
  ['example="unfinished', undefined],
  ["", undefined],
  [undefined, undefined],
])("reads the Prefer header %j as %j", (header, response) => {
  expect(preferredResponse(header)).toEqual(response);
});

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, responses, successes, path }) => {
  let signed: URL;
  beforeAll(async () => void (signed = await urlOf(server, operationId)));

  test.each([...responses, ...failureExamples])(
    "sends $name to an empty, malformed or unsigned request",
    async ({ name, value }) => {
      const unsigned = `${server.url}${path}`;
      const headers = { Prefer: `example="${name}"` };
      expect(await post(signed, "", { headers })).toMatchObject({ body: value, verdict: { status: 422 } });
      expect(await post(signed, "{", { headers })).toMatchObject({ body: value, verdict: undefined });
      expect(await post(unsigned, {}, { headers })).toMatchObject({ body: value, verdict: { status: 401 } });
    },
  );

  test("names the examples when the requested one is unknown", async () => {
    for (const request of [requestOf(operationId), {}, "{"]) {
      const { status, body } = await post(signed, request, { headers: { Prefer: "example=Nothing" } });
      expect(status).toBe(200);
      expect(body).toEqual({
        ActionStatus: "FAIL",
        ErrorCode: checkCode("body"),
        ErrorInfo: `No example of ${operationId} is called "Nothing". The examples are ${successes.join(", ")}, and every name of the error catalogue`,
      });
    }
  });

  test("ignores Prefer when the method is wrong", async () => {
    const headers = { Prefer: `example=${successes[0]}` };
    const { body } = await post(signed, "", { method: "GET", body: null, headers });
    expect(body.ErrorCode).toBe(checkCode("method"));
  });
});

test("a preferred response does not affect the next request", async () => {
  const url = await urlOf(server, "getContactGroup");
  const { body: first } = await post(url, requestOf("getContactGroup"));
  await post(url, requestOf("getContactGroup"), {
    headers: { Prefer: `example=${failureExamples[0]?.name}`, Accept: "text/html" },
  });
  expect((await post(url, requestOf("getContactGroup"))).body).toEqual(first);
});
