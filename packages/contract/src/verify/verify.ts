import manifest from "../../package.json" with { type: "json" };
import { realClock } from "../clock.ts";
import { loadPrism } from "../prism.ts";
import { descriptionVersion } from "./facts.ts";
import { findBusy, knock } from "./knock.ts";
import { prepare, type Part } from "./plan.ts";
import { createProvider } from "./provider.ts";
import { runRandomCheck } from "./random-checks.ts";
import type { Caller } from "./request.ts";
import { runScenario } from "./run-scenario.ts";
import type { Runner } from "./step.ts";
import { checkOptions, VerifyError, type VerifyOptions } from "./verify-options.ts";
import type { Outcome, ScenarioResult, VerifyPlan, VerifyReport } from "./verify-report.ts";

/**
 * Verifies that a provider behaves as the description says: a service, an emulator, or a gateway in front of one.
 *
 * Scenarios that are written by hand, one for each rule of the description, and random bodies are sent, and the answers judged by their
 * `ErrorCode`, their fields and by Prism. A provider that keeps the contract has a report without failures.
 *
 * @param options Where the provider is, who calls, and what may be done to it.
 * @returns What was found. Failures of the provider do not reject; `totals` counts them.
 * @throws {VerifyError} when an option is wrong, nobody answers, or the credentials are refused.
 * @example
 * ```ts
 * import { verify } from "@contact-groups/contract/verify";
 *
 * const report = await verify({
 *   baseUrl: "http://127.0.0.1:4020",
 *   sdkAppId: 1400000000,
 *   identifier: "administrator",
 *   userSig: "any-text",
 * });
 * console.log(report.totals);
 * ```
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  checkOptions(options);
  const { clock = realClock, random = Math.random, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  const preparation = prepare(options, seedOf(options));
  const { plan, parts, leftOut } = preparation;
  options.onPlan?.(plan);
  if (plan.region !== undefined && plan.writes.length > 0 && options.yes !== true)
    throw new VerifyError(
      `The host is the service's own (${plan.region}), and groups would be written to ${plan.writes.length} users. Set yes to do it, or readOnly.`,
    );

  const startedAt = clock.now();
  const { sdkAppId, identifier, userSig, secretKey } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const secrets = [userSig, secretKey].filter((secret) => secret !== undefined);
  const provider = createProvider({ baseUrl, fetch, clock, callsPerSecond: plan.callsPerSecond, timeoutMs, secrets });
  const caller: Caller = { sdkAppId, identifier, userSig, secretKey, now: clock.now, random };
  const runner: Runner = { provider, prism: await loadPrism(), caller, clock };
  if (parts.length > 0) await knock(preparation.casting.someone, runner, options.users !== undefined);

  const results: ScenarioResult[] = leftOut.map(({ scenario: { id, title, group, basis }, because }) => ({
    id,
    title,
    group,
    basis,
    because,
    outcome: "skipped",
    durationMs: 0,
    calls: 0,
    failures: [],
  }));
  // Before anything is written: afterwards a provider that mixes users up would look like users with groups.
  const busy = options.users
    ? await findBusy(
        parts.flatMap(({ cast }) => cast.fresh),
        runner,
      )
    : new Set<string>();
  for (const [index, part] of parts.entries()) {
    const result = await run(part, runner, plan, busy);
    results.push(result);
    options.onProgress?.(result, index + 1, parts.length);
  }
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    target: { baseUrl, sdkAppId },
    versions: { contract: manifest.version, description: descriptionVersion },
    plan,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: clock.now() - startedAt,
    calls: provider.calls,
    waitedMs: Math.round(provider.waitedMs),
    totals: { passed: count("passed"), failed: count("failed"), skipped: count("skipped"), error: count("error") },
    results,
  };
}

/** Says what `verify` would do, and makes no call. Throws a `VerifyError` when an option is wrong. */
export function planVerification(options: VerifyOptions): VerifyPlan {
  checkOptions(options);
  return prepare(options, seedOf(options)).plan;
}

function seedOf({ seed, random = Math.random }: VerifyOptions): number {
  return seed ?? Math.floor(random() * 2 ** 31);
}

async function run(
  part: Part,
  runner: Runner,
  options: { readonly seed: number; readonly runs: number },
  busy: ReadonlySet<string>,
): Promise<ScenarioResult> {
  const taken = part.cast.fresh.find((user) => busy.has(user));
  if (taken === undefined)
    return part.kind === "scenario"
      ? runScenario(part.scenario, part.cast, runner)
      : runRandomCheck(part.check, part.cast, runner, options);
  const about =
    part.kind === "scenario" ? part.scenario : ({ ...part.check, group: "random", basis: "documented" } as const);
  const { id, title, group, basis } = about;
  const because = "an account that has to be without groups has some already; give users without";
  return { id, title, group, basis, outcome: "skipped", because, durationMs: 0, calls: 0, failures: [] };
}
