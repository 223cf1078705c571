/** The contract without a socket, and its request checks, which must find whatever Prism finds. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBody } from "../src/body.ts";
import { jsonHeaders } from "../src/message.ts";
import { createContractFetch } from "../src/index.ts";
import { checkBody, checkQuery, multimap } from "../src/request-checks.ts";
import { send, targetOf } from "./send.ts";
import { operationOf, requestOf } from "./calls.ts";
import { operations } from "../src/operations.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { loadPrism } from "../src/load-prism.ts";

describe.each(operations)("$operationId", (operation) => {
  const { operationId, method, path, request: field } = operation;
  const { requests } = operationOf(operationId);
  const someQuery = fc.record(
    {
      sdkappid: fc.oneof(fc.constantFrom("1400000000", "0", "01"), fc.string({ maxLength: 12 })),
      identifier: fc.string({ maxLength: 40 }),
      usersig: fc.oneof(fc.constant("eJwtzMEK"), fc.string({ maxLength: 5 })),
      random: fc.oneof(
        fc.integer({ min: -1, max: 2 ** 32 }).map(String),
        fc.constantFrom("1e3", "0x10", " 1", "1.0", "+1", "", "true", "null", "[1]", "4294967295", "4294967296"),
        fc.string({ maxLength: 5 }),
      ),
      contenttype: fc.constantFrom("json", "JSON", "xml", ""),
    },
    { requiredKeys: [] },
  );
  const good = {
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: "eJwtzMEK",
    random: "1",
    contenttype: "json",
  };
  const aBody = fc.oneof(
    fc.constantFrom(...requests.map(({ value }) => value)),
    fc.constantFrom(...requests.flatMap(({ value }) => mutations(field, value)).map(({ value }) => value)),
    fc.jsonValue().map((extra) => Object.assign({}, requestOf(operationId), extra)),
    fc.jsonValue(),
  );

  test("finds a violation of each request that Prism rejects", async () => {
    const prism = await loadPrism();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant({}), someQuery), aBody, async (changes, value) => {
        const query = new URLSearchParams({ ...good, ...changes });
        const body = parseBody(Buffer.from(JSON.stringify(value)));
        const found = [...checkQuery(query), ...checkBody(operation, body)];
        if (found.length > 0) return;
        accepted += 1;
        const request = { method, path, query: multimap(query), headers: jsonHeaders, body };
        expect(await prism.validateRequest(request)).toEqual({ status: 200, violations: [] });
      }),
      { numRuns: 600, seed: 1 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

test("accepts a string, a URL or a Request, with a body of any kind", async () => {
  const api = createContractFetch();
  const headers = { "Content-Type": "application/json" };
  const target = targetOf("getContactGroup");
  const url = `http://api.test${target}`;
  const body = JSON.stringify(requestOf("getContactGroup"));
  const bytes = new TextEncoder().encode(body);
  const stream = { body: new Blob([bytes]).stream(), duplex: "half" } as RequestInit;
  const calls = [
    api.fetch(target, { method: "POST", headers, body }),
    api.fetch(url, { method: "post", headers, body }),
    api.fetch(new URL(url), { method: "POST", headers, body: bytes }),
    api.fetch(new Request(url, { method: "POST", headers, body })),
    api.fetch(new Request(url, { method: "GET" }), { method: "POST", headers, body }),
    api.fetch(url, { method: "POST", headers, ...stream }),
  ];
  for (const call of calls) expect(await (await call).json()).toMatchObject({ ActionStatus: "OK" });
  expect(api.exchanges.map(({ violations }) => violations)).toEqual(calls.map(() => []));
});

test("rejects an aborted call with the signal's reason", async () => {
  const api = createContractFetch();
  const init = { method: "POST", body: "{}", signal: AbortSignal.abort(new Error("enough")) };
  await expect(api.fetch(targetOf("getContactGroup"), init)).rejects.toThrow("enough");
  await expect(api.fetch(new Request(`http://a.test${targetOf("getContactGroup")}`, init))).rejects.toThrow("enough");
  expect(api.exchanges).toEqual([]);
});

test("rejects an invalid URL", async () => {
  await expect(createContractFetch().fetch("nonsense")).rejects.toThrow(TypeError);
});

test.each([{ maxBodyBytes: 0 }, { maxExchanges: 0.5 }])("rejects the options %j", (options) => {
  expect(() => createContractFetch(options)).toThrow(RangeError);
});

test("the server also has a fetch without a socket, with the same recording", async () => {
  const { startContractServer } = await import("../src/index.ts");
  const server = await startContractServer();
  await send(server.fetch, "getContactGroup");
  await send(fetch, "getContactGroup", { origin: server.url });
  await server.close();
  expect(server.exchanges.map(({ verdict }) => verdict?.status)).toEqual([200, 200]);
});
