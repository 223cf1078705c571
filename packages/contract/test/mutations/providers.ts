/** The same scenarios against the emulator and the contract server. */
import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import { createContractFetch } from "../../src/contract-fetch.ts";
import type { Scenario, ScenarioResult } from "../../src/verify/scenario.ts";
import { handwrittenScenarios } from "../../src/verify/scenarios.ts";
import { verify } from "../../src/verify/verify.ts";
import { strictEmulator, verifyOptions } from "../verify/strict-emulator.ts";

/** What came of a scenario, with both. */
export interface Compared {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly basis: string;
  readonly emulator: ScenarioResult;
  readonly contractServer: ScenarioResult;
  /** Undefined for what was not written by hand. */
  readonly scenario: Scenario | undefined;
}

export async function compare(): Promise<readonly Compared[]> {
  const emulator = strictEmulator();
  const withState = await verify(verifyOptions(emulator));

  const { users: _users, ...options } = verifyOptions(emulator);
  const api = createContractFetch();
  const fetch: typeof globalThis.fetch = (input, init) => api.fetch(input as string, init);
  // It knows every UserID, and made-up ones are not looked up beforehand.
  const withoutState = await verify({ ...options, fetch, clock: standingClock });

  const scenarios = handwrittenScenarios;
  return withState.results.map((result) => {
    const contractServer = withoutState.results.find(({ id }) => id === result.id);
    if (!contractServer) throw new Error(`The contract server did not run ${result.id}.`);
    const { id, title, group, basis } = result;
    return {
      id,
      title,
      group,
      basis,
      emulator: result,
      contractServer,
      scenario: scenarios.find((one) => one.id === id),
    };
  });
}

const standingClock: Clock = {
  ...realClock,
  after(_, run) {
    run();
    return () => {};
  },
};

/** Why the contract server, which sends examples, cannot pass a scenario. */
export function reasonOf({ scenario, id, contractServer }: Compared): string {
  if (id.startsWith("random/")) return "sends the same example to every valid request";
  const needs = scenario?.needs ?? {};
  if (needs.burst) return "counts no calls; `judge` has the rule `call-rate`";
  if (needs.secretKey || id === "request-check-app") return "checks only the form of credentials";
  if (Object.values(needs.users ?? {}).some(({ is }) => is === "unknown")) return "has no users";
  if (contractServer.failures.some(({ pointer }) => pointer === "/ErrorCode"))
    return "is stateless, so a valid request succeeds";
  return "is stateless, and sends an example";
}
