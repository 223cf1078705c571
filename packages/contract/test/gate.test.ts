import { queryFields as query } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gateCode } from "../src/operations.ts";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { testedOperations } from "./tested-operations.ts";
import { post, requestOf, urlOf } from "./calls.ts";
import { mutations } from "./mutations.ts";
import { bodyOf, head, open, untilClosed } from "./raw-connection.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, path }) => {
  test.each(query)("refuses a request without $name with its code", async ({ name, field }) => {
    const url = await urlOf(server, operationId);
    url.searchParams.delete(name);
    const { status, body } = await post(url, requestOf(operationId));
    expect(status).toBe(200);
    expect(body).toEqual({
      ActionStatus: "FAIL",
      ErrorCode: field.errors?.["required"],
      ErrorInfo: `The query parameter ${name} is required, but is missing`,
    });
  });

  const malformed = query.flatMap(({ name, field, credential }) =>
    mutations(field, "x")
      // In a query every value is text, so only text that is no integer breaks a type.
      .map((mutation) =>
        mutation.keyword === "type" ? { ...mutation, value: field.type === "string" ? undefined : "1.5" } : mutation,
      )
      .filter(({ value }) => value !== undefined)
      .map(({ keyword, value }) => ({
        name,
        keyword,
        value: String(value),
        code: field.errors?.[keyword] ?? gateCode("query"),
        secret: credential,
      })),
  );

  test.each(malformed)(
    "refuses a $name that breaks $keyword with its code ($value)",
    async ({ name, value, code, secret }) => {
      const url = await urlOf(server, operationId);
      url.searchParams.set(name, value);
      const { body } = await post(url, requestOf(operationId));
      expect(body).toMatchObject({ ActionStatus: "FAIL", ErrorCode: code });
      expect(body.ErrorInfo).toMatch(new RegExp(`^The query parameter ${name} must `));
      if (secret) expect(body.ErrorInfo).not.toContain("but is");
    },
  );

  test.each(query)("refuses a $name that is given twice", async ({ name }) => {
    const url = await urlOf(server, operationId);
    url.searchParams.append(name, url.searchParams.get(name) ?? "");
    const { body } = await post(url, requestOf(operationId));
    expect(body).toMatchObject({
      ErrorCode: gateCode("query"),
      ErrorInfo: `The query parameter ${name} must be given once, but is given 2 times`,
    });
  });

  test.each(query)("refuses $name in capital letters", async ({ name, field }) => {
    const url = await urlOf(server, operationId);
    url.searchParams.set(name.toUpperCase(), url.searchParams.get(name) ?? "");
    url.searchParams.delete(name);
    const { body } = await post(url, requestOf(operationId));
    expect(body.ErrorCode).toBe(field.errors?.["required"]);
  });

  test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])("refuses %s", async (method) => {
    const socket = await open(server);
    socket.end(head(await urlOf(server, operationId), 0, method));
    const answer = await untilClosed(socket);
    expect(answer).toMatch(/\r\nPrism-Verdict: \{"status":405,/i);
    expect(bodyOf(answer)).toEqual({
      ActionStatus: "FAIL",
      ErrorCode: gateCode("method"),
      ErrorInfo: `The HTTP method of ${path} is POST`,
    });
  });

  test("checks the query before the body", async () => {
    const url = await urlOf(server, operationId);
    url.search = "";
    const { body } = await post(url, "{");
    expect(body.ErrorCode).toBe(query[0]?.field.errors?.["required"]);
  });
});

const { operationId, path } = testedOperations[0] ?? { operationId: "createContactGroup" as const, path: "" };

test.each(["/", "/v4", `${path}/`, path.toUpperCase(), `/${path}`, `${path}&sdkappid=1`])(
  "refuses the path %s",
  async (other) => {
    const { status, body, verdict } = await post(`${server.url}${other}`, requestOf(operationId));
    expect(status).toBe(200);
    expect(body).toMatchObject({ ActionStatus: "FAIL", ErrorCode: gateCode("path") });
    expect(body.ErrorInfo).toContain(path);
    expect(verdict?.status).toBe(404);
  },
);

test.each([
  ["an empty body", "", "The body is empty. It must be JSON"],
  ["a single brace", "{", "The body is not JSON: its syntax is wrong at position 1 (line 1 column 2)"],
  ["single quotes", "{'a':1}", "The body is not JSON: its syntax is wrong at position 1 (line 1 column 2)"],
  ["a word", "nonsense", "The body is not JSON: its syntax is wrong"],
])("refuses %s as no JSON", async (_title, text, info) => {
  const { body, verdict } = await post(await urlOf(server, operationId), text);
  expect(body).toEqual({ ActionStatus: "FAIL", ErrorCode: gateCode("syntax"), ErrorInfo: info });
  expect(verdict?.status).toBe(text === "" ? 422 : undefined);
});

test("refuses a body that is not UTF-8", async () => {
  const { body } = await post(await urlOf(server, operationId), "", { body: Buffer.from([0x7b, 0xff, 0x7d]) });
  expect(body).toMatchObject({ ErrorCode: gateCode("syntax"), ErrorInfo: "The body is not JSON: it is not UTF-8" });
});

test.each(["null", "0", '""', "[]", "true"])("refuses the JSON %s, which is no object", async (text) => {
  const { body, verdict } = await post(await urlOf(server, operationId), text);
  expect(body.ErrorCode).toBe(gateCode("body"));
  expect(body.ErrorInfo).toMatch(/^The body must be an object, but is /);
  expect(verdict?.status).toBe(422);
});

test("takes a body whatever its Content-Type, as contenttype=json names the format", async () => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const { body } = await post(await urlOf(server, operationId), requestOf(operationId), { headers });
  expect(body.ActionStatus).toBe("OK");
});
