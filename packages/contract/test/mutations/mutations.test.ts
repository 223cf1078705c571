import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { loadScenarios } from "../../src/verify/load-scenarios.ts";
import type { ScenarioResult } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { honestEmulator, verifyOptions } from "../verify/honest-emulator.ts";
import { envelopeFaults } from "./envelope.ts";
import { type Fault, instead } from "./fault.ts";
import { gateFaults } from "./gate.ts";
import { limitFaults } from "./limits.ts";
import { stateFaults } from "./state.ts";

const faults: readonly Fault[] = [...envelopeFaults, ...gateFaults, ...stateFaults, ...limitFaults];

const byHand = loadScenarios();
const finders = new Set(faults.map(({ caughtBy }) => caughtBy));
/** The operations that change something. */
const writing = operations.filter(({ effect }) => effect !== "read");

async function verified(fault: Partial<Fault>, only: readonly string[]): Promise<readonly ScenarioResult[]> {
  const emulator = honestEmulator(fault.options);
  const { wrap } = fault;
  const broken = wrap?.((request) => emulator.fetch(request));
  const fetch: typeof globalThis.fetch = broken
    ? (input, init) => broken(new Request(input, init))
    : (input, init) => emulator.fetch(input as string, init);
  const { results } = await verify({ ...verifyOptions(emulator, fetch), only });
  return results;
}

test("there are 30 faults at least, each with a name of its own", () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(30);
});

describe.each(faults)("when $name", (fault) => {
  test(`the scenario ${fault.caughtBy} fails`, async () => {
    const [result] = await verified(fault, [fault.caughtBy]);
    expect(result).toMatchObject({ id: fault.caughtBy, outcome: "failed" });
    expect(result?.failures[0]).toMatchObject({
      request: expect.stringContaining("curl "),
      expected: expect.stringMatching(/./),
      got: expect.stringMatching(/./),
      sources: expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]),
    });
  });
});

describe("the honest emulator", () => {
  let results: readonly ScenarioResult[];
  beforeAll(async () => void (results = await verified({}, [])));

  test("passes every scenario, with none left out", () => {
    expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  });
});

describe.each(writing)(
  "when $operationId responds with an example, and writes nothing",
  ({ operationId, effect, successes }) => {
    const [example] = Object.values<object>(successes);
    const fault = { wrap: instead((asked) => (asked.operationId === operationId ? example : undefined)) };

    test("a scenario that is written by hand fails", async () => {
      const results = await verified(
        fault,
        byHand.map(({ id }) => id),
      );
      const failed = results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
      expect(failed).not.toEqual([]);
      // Most scenarios begin with a creation. That they fail without it says nothing about what they look for.
      if (effect !== "create") for (const id of failed) finders.add(id);
    });
  },
);

test("every scenario that is written by hand finds a fault", () => {
  expect(byHand.map(({ id }) => id).filter((id) => !finders.has(id))).toEqual([]);
});
