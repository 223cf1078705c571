import { queryFields as query } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCode } from "../src/operations.ts";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { testedOperations } from "./tested-operations.ts";
import { post, requestOf, urlOf } from "./calls.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { bodyOf, head, open, untilClosed } from "./raw-connection.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, path }) => {
  test.each(query)("rejects a request without $name with its code", async ({ name, field }) => {
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

  const malformed = query.flatMap(({ name, field }) =>
    mutations(field, "x")
      // In a query every value is text, so only text that is not an integer breaks a type.
      .map((mutation) =>
        mutation.keyword === "type" ? { ...mutation, value: field.type === "string" ? undefined : "1.5" } : mutation,
      )
      .filter(({ value }) => value !== undefined)
      .map(({ keyword, value }) => ({
        name,
        keyword,
        value: String(value),
        code: field.errors?.[keyword] ?? checkCode("query"),
        secret: name === "usersig",
      })),
  );

  test.each(malformed)(
    "rejects a $name that breaks $keyword with its code ($value)",
    async ({ name, value, code, secret }) => {
      const url = await urlOf(server, operationId);
      url.searchParams.set(name, value);
      const { body } = await post(url, requestOf(operationId));
      expect(body).toMatchObject({ ActionStatus: "FAIL", ErrorCode: code });
      expect(body.ErrorInfo).toMatch(new RegExp(`^The query parameter ${name} must `));
      if (secret) expect(body.ErrorInfo).not.toContain("but is");
    },
  );

  test.each(query)("rejects a $name that is sent twice", async ({ name }) => {
    const url = await urlOf(server, operationId);
    url.searchParams.append(name, url.searchParams.get(name) ?? "");
    const { body } = await post(url, requestOf(operationId));
    expect(body).toMatchObject({
      ErrorCode: checkCode("query"),
      ErrorInfo: `The query parameter ${name} must be given once, but is given 2 times`,
    });
  });

  test.each(query)("rejects $name in capital letters", async ({ name, field }) => {
    const url = await urlOf(server, operationId);
    url.searchParams.set(name.toUpperCase(), url.searchParams.get(name) ?? "");
    url.searchParams.delete(name);
    const { body } = await post(url, requestOf(operationId));
    expect(body.ErrorCode).toBe(field.errors?.["required"]);
  });

  test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])("rejects %s", async (method) => {
    const socket = await open(server);
    socket.end(head(await urlOf(server, operationId), 0, method));
    const response = await untilClosed(socket);
    expect(response).toMatch(/\r\nPrism-Verdict: \{"status":405,/i);
    expect(bodyOf(response)).toEqual({
      ActionStatus: "FAIL",
      ErrorCode: checkCode("method"),
      ErrorInfo: `The HTTP method of ${path} must be POST`,
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
  "rejects the path %s",
  async (other) => {
    const { status, body, verdict } = await post(`${server.url}${other}`, requestOf(operationId));
    expect(status).toBe(200);
    expect(body).toMatchObject({ ActionStatus: "FAIL", ErrorCode: checkCode("path") });
    expect(body.ErrorInfo).toContain(path);
    expect(verdict?.status).toBe(404);
  },
);

test.each([
  ["an empty body", "", "The body is empty, but must be JSON"],
  ["a single brace", "{", "The body is not JSON: its syntax is wrong at position 1 (line 1 column 2)"],
  ["single quotes", "{'a':1}", "The body is not JSON: its syntax is wrong at position 1 (line 1 column 2)"],
  ["a word", "nonsense", "The body is not JSON: its syntax is wrong"],
])("rejects %s as not JSON", async (_title, text, info) => {
  const { body, verdict } = await post(await urlOf(server, operationId), text);
  expect(body).toEqual({ ActionStatus: "FAIL", ErrorCode: checkCode("syntax"), ErrorInfo: info });
  expect(verdict?.status).toBe(text === "" ? 422 : undefined);
});

test("rejects a body that is not UTF-8", async () => {
  const { body } = await post(await urlOf(server, operationId), "", { body: Buffer.from([0x7b, 0xff, 0x7d]) });
  expect(body).toMatchObject({ ErrorCode: checkCode("syntax"), ErrorInfo: "The body is not JSON: it is not UTF-8" });
});

test.each(["null", "0", '""', "[]", "true"])("rejects the JSON %s, which is not an object", async (text) => {
  const { body, verdict } = await post(await urlOf(server, operationId), text);
  expect(body.ErrorCode).toBe(checkCode("body"));
  expect(body.ErrorInfo).toMatch(/^The body must be an object, but is /);
  expect(verdict?.status).toBe(422);
});

test("accepts a body with any Content-Type, as contenttype=json names the format", async () => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const { body } = await post(await urlOf(server, operationId), requestOf(operationId), { headers });
  expect(body.ActionStatus).toBe("OK");
});
