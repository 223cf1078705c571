/** The check of the model's fields, Ajv on the bundle's schemas, and Prism agree on any body. */
import type { Field } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBody } from "../src/body.ts";
import { fieldViolations, rulesBeyondPrism } from "../src/field-violations.ts";
import { jsonHeaders } from "../src/message.ts";
import { createContractFetch } from "../src/index.ts";
import { beyondPrism } from "../src/after-prism.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { arbitraryOf } from "../src/verify/random-checks.ts";
import { verdictOf } from "./calls.ts";
import { isRequest, isResponse } from "./cross-check.ts";
import { testedOperations } from "./tested-operations.ts";
import { loadPrism } from "../src/load-prism.ts";

const query = "sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEK&random=1&contenttype=json";
const api = createContractFetch({ maxExchanges: 1 });
const isFailure = (body: unknown): boolean => (body as { readonly ActionStatus?: unknown }).ActionStatus === "FAIL";

/** The body with another value at one of its places; or, where that is an object, with one field more. */
function changed(body: unknown, number: number, change: unknown, added?: string): unknown {
  const places: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    places.push(path);
    if (typeof value === "object" && value !== null)
      for (const [name, member] of Object.entries(value)) walk(member, [...path, name]);
  };
  walk(body, []);
  const put = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
    if (step === undefined) return added !== undefined && isObject(value) ? { ...value, [added]: change } : change;
    if (Array.isArray(value)) return value.with(Number(step), put(value[Number(step)], rest));
    return { ...Object(value), [step]: put(Object(value)[step], rest) };
  };
  return put(body, places[number % places.length] ?? []);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names of all fields at any depth. */
function namesIn(field: Field): string[] {
  switch (field.type) {
    case "object":
      return Object.entries(field.fields).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
    case "array":
      return namesIn(field.items);
    case "union":
      return field.alternatives.flatMap(namesIn);
  }
  return [];
}

describe.each(testedOperations)("$operationId", (operation) => {
  const { path, method, requests, responses, request } = operation;
  const examples = (list: typeof requests) => fc.constantFrom(...list.map(({ value }) => value));
  const anyJson = fc.jsonValue();
  const someName = (field: Field) => fc.constantFrom("extra", ...namesIn(field));
  const someRequest = fc.oneof(
    anyJson,
    fc.tuple(examples(requests), anyJson).map(([body, extra]) => Object.assign({}, body, extra)),
    arbitraryOf(request),
    fc.tuple(arbitraryOf(request), fc.nat()).map(([body, number]) => {
      const found = mutations(request, body);
      return found[number % found.length]?.value;
    }),
    fc.tuple(arbitraryOf(request), fc.nat(), anyJson).map((parts) => changed(...parts)),
    fc.tuple(arbitraryOf(request), fc.nat(), anyJson, someName(request)).map((parts) => changed(...parts)),
  );
  const someResponse = fc.oneof(
    anyJson,
    examples(responses),
    arbitraryOf(operation.response),
    fc.tuple(fc.oneof(examples(responses), arbitraryOf(operation.response)), fc.nat()).map(([body, number]) => {
      const found = mutations(operation.response, body);
      return found[number % found.length]?.value;
    }),
    fc
      .tuple(fc.oneof(examples(responses), arbitraryOf(operation.response)), fc.nat(), anyJson)
      .map((parts) => changed(...parts)),
    fc
      .tuple(
        fc.oneof(examples(responses), arbitraryOf(operation.response)),
        fc.nat(),
        anyJson,
        someName(operation.response),
      )
      .map((parts) => changed(...parts)),
  );

  test("rejects a body exactly when Ajv does, and when Prism does or a rule beyond Prism is broken", async () => {
    const opinion = isRequest(operation);
    let rejected = 0;
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(someRequest, async (value) => {
        const text = JSON.stringify(value);
        const parsed: unknown = JSON.parse(text);
        const response = await send(path, text);
        const isRejected = isFailure(await response.json());
        const violations = fieldViolations(request, parsed, true);
        const own = violations.some(({ rule }) => beyondPrism.includes(rule));
        expect({
          text,
          check: violations.length > 0,
          ajv: !opinion(parsed),
          prism: verdictOf(response)?.status !== 200 || own,
        }).toEqual({ text, check: isRejected, ajv: isRejected, prism: isRejected });
        if (isRejected) rejected++;
        else accepted++;
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(Math.min(rejected, accepted)).toBeGreaterThan(50);
  });

  test("rejects a response exactly when Ajv does, and when Prism does or a rule beyond Prism is broken", async () => {
    const opinion = isResponse(operation);
    const prism = await loadPrism();
    let rejected = 0;
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(someResponse, async (value) => {
        const body: unknown = JSON.parse(JSON.stringify(value));
        const violations = fieldViolations(operation.response, body, true);
        const isRejected = violations.length > 0;
        const own = violations.some(({ rule }) => rulesBeyondPrism.includes(rule));
        const content = parseBody(Buffer.from(JSON.stringify(body)));
        const response = { method, path, status: 200, headers: jsonHeaders, body: content };
        const byPrism = await prism.validateResponse(response);
        expect({ body, ajv: !opinion(body), prism: byPrism?.length !== 0 || own }).toEqual({
          body,
          ajv: isRejected,
          prism: isRejected,
        });
        if (isRejected) rejected++;
        else accepted++;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(Math.min(rejected, accepted)).toBeGreaterThan(25);
  });

  test("responds to any bytes with an envelope", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const received = await send(path, bytes);
        expect(received.status).toBe(200);
        const body: unknown = await received.json();
        expect([isFailure(body), fieldViolations(operation.response, body, true)]).toEqual([true, []]);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function send(path: string, body: string | Uint8Array): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return api.fetch(`http://contract.test${path}?${query}`, { method: "POST", headers, body: Buffer.from(body) });
}
