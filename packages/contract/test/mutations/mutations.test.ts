import { beforeAll, describe, expect, test } from "vitest";
import { loadScenarios } from "../../src/verify/load-scenarios.ts";
import { verify } from "../../src/verify/verify.ts";
import type { ScenarioResult } from "../../src/verify/verify-report.ts";
import { honestEmulator, verifyOptions } from "../verify/honest-emulator.ts";
import { envelopeFaults } from "./envelope.ts";
import type { Fault } from "./fault.ts";
import { gateFaults } from "./gate.ts";
import { limitFaults } from "./limits.ts";
import { stateFaults } from "./state.ts";

const faults: readonly Fault[] = [...envelopeFaults, ...gateFaults, ...stateFaults, ...limitFaults];

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

test("every scenario that is written by hand finds a fault", () => {
  const finders = new Set(faults.map(({ caughtBy }) => caughtBy));
  const idle = loadScenarios().filter(({ id }) => !finders.has(id));
  expect(idle.map(({ id }) => id)).toEqual([]);
});
