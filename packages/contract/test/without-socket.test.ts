/** The contract without a socket: Prism validates only rejected requests, so whatever the request checks accept, Prism must accept. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createContractFetch } from "../src/index.ts";
import { send, targetOf } from "./send.ts";
import { requestOf } from "./calls.ts";
import { testedOperations } from "./tested-operations.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { loadPrism } from "../src/load-prism.ts";

const fast = createContractFetch({ maxExchanges: 1 });
const judged = createContractFetch({ maxExchanges: 1, prism: "every" });

describe.each(testedOperations)("$operationId", ({ operationId, path, requests, request: field }) => {
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

  test("accepts a request only if Prism does", async () => {
    const prism = await loadPrism();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant({}), someQuery), aBody, async (changes, value) => {
        const query = { ...good, ...changes };
        const text = JSON.stringify(value);
        const target = `${path}?${new URLSearchParams(query)}`;
        await (await fast.fetch(target, { method: "POST", body: text })).text();
        const [exchange] = fast.exchanges;
        if (!exchange || exchange.violations.length > 0 || exchange.verdict) return;
        accepted += 1;
        const verdict = await prism.validateRequest({ method: "POST", path, query, body: JSON.parse(text) });
        expect(verdict).toEqual({ status: 200, violations: [] });
      }),
      { numRuns: 600, seed: 1 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test("sends the same responses as the server", async () => {
    const wrong = requests.flatMap(({ value }) => mutations(field, value)).map(({ value }) => value);
    for (const body of [...requests.map(({ value }) => value), ...wrong, "", "{", "null"]) {
      const [one, other] = await Promise.all([
        send(fast.fetch, operationId, { body }),
        send(judged.fetch, operationId, { body }),
      ]);
      expect(await one.json()).toEqual(await other.json());
    }
  });
});

test("accepts a string, a URL or a Request, with a body of any kind", async () => {
  const api = createContractFetch();
  const target = targetOf("getContactGroup");
  const url = `http://api.test${target}`;
  const body = JSON.stringify(requestOf("getContactGroup"));
  const bytes = new TextEncoder().encode(body);
  const stream = { body: new Blob([bytes]).stream(), duplex: "half" } as RequestInit;
  const calls = [
    api.fetch(target, { method: "POST", body }),
    api.fetch(url, { method: "post", body }),
    api.fetch(new URL(url), { method: "POST", body: bytes }),
    api.fetch(new Request(url, { method: "POST", body })),
    api.fetch(new Request(url, { method: "GET" }), { method: "POST", body }),
    api.fetch(url, { method: "POST", ...stream }),
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
