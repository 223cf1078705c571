import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Body, parseBody } from "../src/body.ts";
import { createPrism } from "../src/create-prism.ts";
import { jsonHeaders } from "../src/message.ts";
import { operations } from "../src/operations.ts";
import * as parts from "../src/prism-parts.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { testedOperations } from "./tested-operations.ts";
import { loadPrism } from "../src/load-prism.ts";

const notices = readFileSync(new URL("../dist/THIRD-PARTY-NOTICES.txt", import.meta.url), "utf8");
const headers = jsonHeaders;
const query = {
  sdkappid: "1400000000",
  identifier: "administrator",
  usersig: "any-text",
  random: "1",
  contenttype: "json",
};

function bodyOf(value: unknown): Body {
  return parseBody(Buffer.from(value === undefined ? "" : JSON.stringify(value)));
}

test.each(operations)("the bundled Prism validates $operationId as the installed one does", async (operation) => {
  const { method, path, operationId } = operation;
  const tested = testedOperations.find((one) => one.operationId === operationId);
  const bodies = (tested?.requests ?? []).flatMap(({ value }) => [
    value,
    ...mutations(operation.request, value).map((broken) => broken.value),
  ]);
  const queries = Object.keys(query).map((name) => ({ ...query, [name]: [] }));
  const [bundled, installed] = [await loadPrism(), await createPrism(parts)];
  for (const request of [
    ...bodies.map((body) => ({ method, path, query, headers, body: bodyOf(body) })),
    ...queries.map((one) => ({ method, path, query: one, headers, body: bodyOf(bodies[0]) })),
    { method: "GET", path, query, headers, body: bodyOf(undefined) },
    { method, path: "/nowhere", query, headers, body: bodyOf(undefined) },
  ])
    expect(await bundled.validateRequest(request)).toEqual(await installed.validateRequest(request));
  for (const body of (tested?.responses ?? []).flatMap(({ value }) => [
    value,
    { ...(value as object), ErrorCode: "0" },
    [],
  ])) {
    const response = { method, path, status: 200, headers, body: bodyOf(body) };
    expect(await bundled.validateResponse(response)).toEqual(await installed.validateResponse(response));
  }
  expect(bodies.length).toBeGreaterThan(20);
});

// apps/release checks whether the licences are allowed.
test("each package in the bundle is named with a licence, and Prism's with its text", () => {
  const names = [...notices.matchAll(/^-{80}\n\n(\S+) \S+ \(.+\)$/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names).toEqual(expect.arrayContaining(["@stoplight/prism-core", "@stoplight/prism-http", "ajv"]));
  expect(notices).toMatch(/@stoplight\/prism-http \S+ \(Apache-2\.0\)\n\nApache License/);
});
