import { describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import type { ScenarioResult } from "../../src/verify/scenario.ts";
import { handwrittenScenarios } from "../../src/verify/scenarios.ts";
import { mutations } from "./all.ts";
import { instead } from "./mutation.ts";
import { verifyMutation } from "./verify-mutation.ts";

const byHand = handwrittenScenarios;
const finders = new Set(mutations.map(({ foundBy }) => foundBy));
/** The operations that change something. */
const writing = operations.filter(({ effect }) => effect !== "read");

async function verified(
  mutation: Parameters<typeof verifyMutation>[0],
  only: readonly string[],
): Promise<readonly ScenarioResult[]> {
  return (await verifyMutation(mutation, only)).results;
}

const detected = mutations.flatMap(({ foundBy, ...rest }) => (foundBy === undefined ? [] : [{ ...rest, foundBy }]));

test("has at least 160 mutations, each with a unique name, of which at least 97 % are detected", () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  expect(mutations.length).toBeGreaterThanOrEqual(160);
  expect(detected.length / mutations.length).toBeGreaterThanOrEqual(0.97);
});

test("every mutation that no scenario detects has a reason", () => {
  for (const { foundBy, survives } of mutations) expect(foundBy === undefined).toBe(survives !== undefined);
});

describe.each(detected)("when $name", (mutation) => {
  test(`the scenario ${mutation.foundBy} fails`, async () => {
    const [result] = await verified(mutation, [mutation.foundBy]);
    expect(result).toMatchObject({ id: mutation.foundBy, outcome: "failed" });
    expect(result?.failures[0]).toMatchObject({
      request: expect.stringContaining("curl "),
      expected: expect.stringMatching(/./),
      got: expect.stringMatching(/./),
      sources: expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]),
    });
  });
});

// document.test.ts checks that the strict emulator itself passes every scenario.
describe.each(writing)(
  "when $operationId responds with an example and writes nothing",
  ({ operationId, effect, successes }) => {
    const [example] = Object.values<object>(successes);
    const mutation = { wrap: instead((requested) => (requested.operationId === operationId ? example : undefined)) };

    test("a handwritten scenario fails", async () => {
      const results = await verified(
        mutation,
        byHand.map(({ id }) => id),
      );
      const failed = results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
      expect(failed).not.toEqual([]);
      // Most scenarios begin with a creation, so their failure without it does not show what they detect.
      if (effect !== "create") for (const id of failed) finders.add(id);
    });
  },
);

test("every handwritten scenario detects a mutation", () => {
  expect(byHand.map(({ id }) => id).filter((id) => !finders.has(id))).toEqual([]);
});
