import { describe, expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { operations } from "../../src/operations.ts";
import { fetchJson } from "../send.ts";
import { broken, type Said } from "./recorded.ts";

const calls = (...said: readonly Said[]): number[] => broken("double-submit", ...said).map(([call]) => call);

describe.each(operations.filter(({ idempotent }) => !idempotent))("$operationId", ({ operationId: operation }) => {
  test("must not be sent again before the response", () => {
    expect(broken("double-submit", { operation, durationMs: 20 }, { operation, at: 19 })).toEqual([
      [1, "The request equals call 0, which had no response yet, and would run twice"],
    ]);
    expect(calls({ operation }, { operation, overlaps: [0] })).toEqual([1]);
  });

  test.each<[string, Said, Said]>([
    ["after the response", { durationMs: 20 }, { at: 20 }],
    ["with another body", { durationMs: 20, body: { From_Account: "a" } }, { body: { From_Account: "b" } }],
    ["in another step of the test", { durationMs: 20, step: 1 }, { step: 2 }],
  ])("can be sent %s", (_title, first, second) => {
    expect(calls({ operation, ...first }, { operation, ...second })).toEqual([]);
  });
});

test.each(operations.filter(({ idempotent }) => idempotent))(
  "$operationId, which is idempotent, can be sent twice at the same time",
  ({ operationId: operation }) => {
    expect(calls({ operation, durationMs: 20 }, { operation, at: 1, overlaps: [0] })).toEqual([]);
  },
);

test("is seen however fast the server responds", async () => {
  const api = createContractFetch({ clock: { now: () => 0, after: () => () => undefined } });
  await Promise.all([fetchJson(api, "createContactGroup"), fetchJson(api, "createContactGroup")]);
  expect(api.violations()).toMatchObject([{ rule: "double-submit", call: 1 }]);
  api.reset();
  await fetchJson(api, "createContactGroup");
  await fetchJson(api, "createContactGroup");
  expect(api.violations()).toEqual([]);
});
