import { ApiError } from "@contact-groups/client";
import { errorCatalogue } from "@contact-groups/client/catalogue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import { failureExamples, testedOperations } from "./tested-operations.ts";
import { call, clientOf, requestOf, verdictOf, type Verdict } from "./calls.ts";

interface Declared {
  readonly batch?: { readonly itemErrors?: readonly number[] };
}

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, requests, responses, successes }) => {
  const failures = new Set(failureExamples.map(({ name }) => name));

  test("has an example of each kind", () => {
    expect(requests.length).toBeGreaterThan(0);
    expect(successes.length).toBeGreaterThan(0);
    expect(responses.length).toBeGreaterThan(successes.length);
  });

  test.each(requests)("accepts its request example $name", async ({ value }) => {
    const { result, verdict } = await sendOne(value, {});
    // What else it has follows the request, see default-response.test.ts.
    expect(result).toMatchObject({ ErrorCode: 0 });
    expect(verdict).toEqual({ status: 200, violations: [] });
  });

  test.each(responses.filter(({ name }) => !failures.has(name)))(
    "sends its example $name to the client",
    async ({ name, value }) => {
      const { result, verdict } = await sendOne(requestOf(operationId), { Prefer: `example=${name}` });
      expect(result).toMatchObject(value as object);
      expect(verdict).toEqual({ status: 200, violations: [] });
    },
  );

  const itemErrors = (operations[operationId] as Declared).batch?.itemErrors ?? [];
  const isOfItem = ({ value }: (typeof failureExamples)[number]): boolean => itemErrors.includes(pick(value).ErrorCode);

  test.each(failureExamples.filter(isOfItem))("makes $name a failure of each item", async ({ name, value }) => {
    const { result, verdict } = await sendOne(requestOf(operationId), { Prefer: `example=${name}` });
    const { ErrorCode: ResultCode, ErrorInfo: ResultInfo } = pick(value);
    const { failures: ofItems } = result as { readonly failures: readonly object[] };
    expect(ofItems.length).toBeGreaterThan(0);
    for (const failure of ofItems) expect(failure).toMatchObject({ ResultCode, ResultInfo });
    expect(verdict).toEqual({ status: 200, violations: [] });
  });

  test.each(failureExamples.filter((one) => !isOfItem(one)))(
    "makes the client throw $name",
    async ({ name, value }) => {
      const { result, verdict } = await sendOne(requestOf(operationId), { Prefer: `example=${name}` });
      expect(result).toBeInstanceOf(ApiError);
      const { code, info, operation, entryName } = result as ApiError;
      expect({ ErrorCode: code, ErrorInfo: info }).toMatchObject(pick(value));
      expect(operation).toBe(operationId);
      expect(entryName).toBe(name);
      expect(verdict).toEqual({ status: 200, violations: [] });
    },
  );

  async function sendOne(
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ result: unknown; verdict: Verdict | undefined }> {
    let verdict: Verdict | undefined;
    const client = clientOf(server, (response) => (verdict = verdictOf(response)));
    const result = await call(client, operationId, body, headers).catch((error: unknown) => error);
    return { result, verdict };
  }
});

test("every code of the client's catalogue can be chosen, and no other", () => {
  const codes = failureExamples.map(({ value }) => pick(value).ErrorCode);
  expect(new Set(codes)).toEqual(new Set(Object.keys(errorCatalogue).map(Number)));
});

function pick(value: unknown): { ErrorCode: number; ErrorInfo: string } {
  const { ErrorCode, ErrorInfo } = value as { ErrorCode: number; ErrorInfo: string };
  return { ErrorCode, ErrorInfo };
}
