import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCode } from "../src/operations.ts";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { testedOperations } from "./tested-operations.ts";
import { post, urlOf } from "./calls.ts";
import { limits, mutations, type Mutation } from "../src/verify/broken-values.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, requests, request }) => {
  const found = unique(requests.flatMap(({ value }) => mutations(request, value)));

  // Prism validates nothing when it can't compile a schema, so an empty list must not pass.
  test("has a request that breaks each limit of its fields", () => {
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ keyword }) => keyword))).toEqual(limits(request));
  });

  test.each(found)(
    "rejects a body whose $pointer breaks $keyword ($shown)",
    async ({ keyword, pointer, value, code }) => {
      const { status, body, verdict } = await post(await urlOf(server, operationId), value);
      expect(status).toBe(200);
      expect(body).toMatchObject({ ActionStatus: "FAIL", ErrorCode: code ?? checkCode("body") });
      expect(body.ErrorInfo).toMatch(new RegExp(`^${pointer || "The body"} `));
      // Prism knows the keywords of JSON Schema only.
      if (!keyword.startsWith("x-")) {
        expect(verdict?.status).toBe(422);
        expect(verdict?.violations).not.toEqual([]);
      }
    },
  );
});

test.each(["1e400", "-1e400"])("rejects the number %s, which is too large for any integer", async (number) => {
  const url = await urlOf(server, "getContactGroup");
  const response = await fetch(url, { method: "POST", body: `{"From_Account":"user15","StartIndex":${number}}` });
  expect(await response.json()).toMatchObject({
    ErrorCode: checkCode("body"),
    ErrorInfo: expect.stringMatching(/^\/StartIndex must be an integer, but is /),
  });
});

interface Titled extends Mutation {
  readonly shown: string;
}

function unique(all: readonly Mutation[]): Titled[] {
  const titled = all.map((mutation) => ({ ...mutation, shown: JSON.stringify(mutation.value).slice(0, 200) }));
  return [
    ...new Map(
      titled.map((mutation) => [`${mutation.keyword} ${mutation.pointer} ${JSON.stringify(mutation.value)}`, mutation]),
    ).values(),
  ];
}
