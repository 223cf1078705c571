import { beforeEach, describe, expect, test } from "vitest";
import { createContractFetch, type PlannedResponse, startContractServer } from "../../src/index.ts";
import { fetchJson } from "../send.ts";
import { failureExamples, testedOperations } from "../tested-operations.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const codeOf = (value: unknown): number => (value as { ErrorCode: number }).ErrorCode;

describe.each(testedOperations)("$operationId", ({ operationId, path, responses, successes }) => {
  const names = [operationId, path, path.slice(path.lastIndexOf("/") + 1)] as const;

  test.each([...responses, ...failureExamples])("sends $name to any request when planned", async ({ name, value }) => {
    const isFailure = !successes.includes(name);
    const ways: PlannedResponse[] = [
      { example: name },
      ...(isFailure ? [{ error: name }, { error: codeOf(value) }] : []),
    ];
    for (const [index, way] of ways.entries()) {
      api.plan(names[index] ?? operationId, way, { times: 2 });
      expect(await fetchJson(api, operationId)).toEqual(value);
      expect(await fetchJson(api, operationId, { body: "{", query: { usersig: undefined } })).toEqual(value);
    }
    expect(api.exchanges.map(({ response }) => response)).toMatchObject(
      ways.flatMap(() => {
        const response = {
          status: 200,
          body: value,
          errorCode: codeOf(value),
          example: name,
          chosenBy: "plan",
          faults: [],
        };
        return [response, response];
      }),
    );
  });

  test.each(failureExamples)("sends $name for a Prefer header with its code", async ({ name, value }) => {
    for (const wanted of [name, codeOf(value)]) {
      const headers = { Prefer: `error=${wanted}` };
      expect(await fetchJson(api, operationId, { headers })).toEqual(value);
      expect(await fetchJson(api, operationId, { headers, body: "" })).toEqual(value);
    }
  });

  test("sends what the control path planned", async () => {
    // A connection of its own: one that was idle could just be closed.
    await using server = await startContractServer();
    for (const { name, value } of [...responses, ...failureExamples]) {
      const response = await fetch(`${server.url}/__contract/plan`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ operation: operationId, responses: [{ example: name }] }),
      });
      expect(response.status).toBe(200);
      expect(await fetchJson(server, operationId, { body: "" })).toEqual(value);
    }
  });
});
