/** The check of the model's fields, Ajv on the bundle's schemas, and Prism are of one opinion on any body. */
import type { Field } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain, ownKeywords } from "../src/field-violations.ts";
import { createContractFetch } from "../src/index.ts";
import { loadPrism } from "../src/prism.ts";
import { beyondPrism } from "../src/request-checks.ts";
import { mutations } from "../src/verify/broken-values.ts";
import { arbitraryOf } from "../src/verify/random-checks.ts";
import { verdictOf } from "./calls.ts";
import { isRequest, isResponse } from "./second-opinion.ts";
import { testedOperations } from "./tested-operations.ts";

const query = "sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEK&random=1&contenttype=json";
const api = createContractFetch({ prism: "every", maxExchanges: 1 });
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

/** Names of all fields, of whatever they are a part. */
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
  const { path, method, requests, responses, request, response } = operation;
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
    arbitraryOf(response),
    fc.tuple(fc.oneof(examples(responses), arbitraryOf(response)), fc.nat()).map(([body, number]) => {
      const found = mutations(response, body);
      return found[number % found.length]?.value;
    }),
    fc.tuple(fc.oneof(examples(responses), arbitraryOf(response)), fc.nat(), anyJson).map((parts) => changed(...parts)),
    fc
      .tuple(fc.oneof(examples(responses), arbitraryOf(response)), fc.nat(), anyJson, someName(response))
      .map((parts) => changed(...parts)),
  );

  test("refuses a body exactly when Ajv does, and when Prism does or it is a rule beyond Prism", async () => {
    const opinion = isRequest(operation);
    let refused = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(someRequest, async (value) => {
        const text = JSON.stringify(value);
        const parsed: unknown = JSON.parse(text);
        const answer = await send(path, text);
        const isRefused = isFailure(await answer.json());
        const reasons = explain(request, parsed, true);
        const own = reasons.some(({ keyword }) => beyondPrism.includes(keyword));
        expect({
          text,
          check: reasons.length > 0,
          ajv: !opinion(parsed),
          prism: verdictOf(answer)?.status !== 200 || own,
        }).toEqual({ text, check: isRefused, ajv: isRefused, prism: isRefused });
        if (isRefused) refused++;
        else taken++;
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(50);
  });

  test("finds a response wrong exactly when Ajv does, and when Prism does or a keyword that Prism does not know", async () => {
    const opinion = isResponse(operation);
    const prism = await loadPrism();
    let refused = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(someResponse, async (value) => {
        const body: unknown = JSON.parse(JSON.stringify(value));
        const reasons = explain(response, body, true);
        const isRefused = reasons.length > 0;
        const own = reasons.some(({ keyword }) => ownKeywords.includes(keyword));
        const violations = await prism.judgeAnswer({ method, path, query: {}, body: undefined }, { status: 200, body });
        expect({ body, ajv: !opinion(body), prism: violations.length > 0 || own }).toEqual({
          body,
          ajv: isRefused,
          prism: isRefused,
        });
        if (isRefused) refused++;
        else taken++;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(25);
  });

  test("answers any bytes with an envelope", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const answer = await send(path, bytes);
        expect(answer.status).toBe(200);
        const body: unknown = await answer.json();
        expect([isFailure(body), explain(response, body, true)]).toEqual([true, []]);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function send(path: string, body: string | Uint8Array): Promise<Response> {
  return api.fetch(new Request(`http://contract.test${path}?${query}`, { method: "POST", body: Buffer.from(body) }));
}
