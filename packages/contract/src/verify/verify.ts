import { realClock } from "@contact-groups/core/real-clock";
import manifest from "../../package.json" with { type: "json" };
import { descriptionVersion } from "../operations.ts";
import { draw, maySkip, type Part, prepare, writes } from "./plan.ts";
import { cleanUp } from "./clean-up.ts";
import { checkAccess, prepareWithFreshUsers } from "./preflight.ts";
import { createProvider, type Runner } from "./provider.ts";
import { runRandomCheck } from "./random-checks.ts";
import type { VerifyCaller } from "./request.ts";
import { runScenario } from "./run-scenario.ts";
import type { ScenarioResult, VerifyPlan, VerifyReport } from "./scenario.ts";
import { checkOptions, VerifyError, type VerifyOptions } from "./verify-options.ts";
import { loadPrism } from "../load-prism.ts";

/**
 * Verifies that a provider behaves as the OpenAPI description says: the service, an emulator, or a gateway.
 *
 * It sends the scenarios of this package, one for each rule of the description, and random bodies. Responses are checked by their
 * `ErrorCode`, their fields and Prism.
 *
 * @param options The provider, the credentials, and what is allowed.
 * @returns The report. Failures of the provider do not reject: `totals` counts them, and `exitCode` is 0 only if every selected scenario ran and passed.
 * @throws {VerifyError} when an option is invalid, the provider does not respond, or it rejects the credentials.
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
 * process.exitCode = report.exitCode;
 * ```
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  checkOptions(options);
  const { clock = realClock, random = Math.random, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  const drawn = draw(options);
  const first = prepare(options, drawn);
  const { region, writes: written, callsPerSecond } = first.plan;
  options.onPlan?.(first.plan);
  if (region !== undefined && written.length > 0 && options.yes !== true)
    throw new VerifyError(
      `The host is the service's own (${region}), and groups would be written to ${written.length} users. Set yes to allow it, or set readOnly.`,
    );

  const startedAt = clock.now();
  const { sdkAppId, identifier, userSig, secretKey } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const secrets = [userSig, secretKey].filter((secret) => secret !== undefined);
  const provider = createProvider({ baseUrl, fetch, clock, callsPerSecond, timeoutMs, secrets });
  const caller: VerifyCaller = { sdkAppId, identifier, userSig, secretKey, now: clock.now, random };
  const runner: Runner = { provider, prism: await loadPrism(), caller, clock };
  if (first.parts.length > 0) await checkAccess(first.pool.anyUser, runner, options.users !== undefined);
  const { plan, parts, leftOut, empty } = await prepareWithFreshUsers(first, options, drawn, runner);
  if (plan !== first.plan) options.onPlan?.(plan);

  const results: ScenarioResult[] = leftOut.map(({ scenario: { id, title, group, basis }, because, allowed }) => ({
    id,
    title,
    group,
    basis,
    because,
    outcome: allowed ? "skipped" : "notRun",
    durationMs: 0,
    calls: 0,
    failures: [],
  }));
  for (const [index, part] of parts.entries()) {
    const ran = await run(part, runner, plan);
    // What a failed scenario wrote shows why it failed.
    if (ran.outcome === "passed" && writes(part))
      await cleanUp(
        part.fixtures.fresh.filter((user) => empty.has(user)),
        runner,
      );
    const result: ScenarioResult =
      ran.outcome === "notRun" && maySkip(ran, options.allowSkipped) ? { ...ran, outcome: "skipped" } : ran;
    results.push(result);
    options.onProgress?.(result, index + 1, parts.length);
  }
  const totals = { passed: 0, failed: 0, skipped: 0, notRun: 0, error: 0 };
  for (const { outcome } of results) totals[outcome]++;
  return {
    target: { baseUrl, sdkAppId },
    versions: { contract: manifest.version, description: descriptionVersion },
    plan,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: clock.now() - startedAt,
    calls: provider.calls,
    waitedMs: Math.round(provider.waitedMs),
    totals,
    exitCode: exitCodeOf(totals),
    results,
  };
}

/** Returns the exit code: a broken contract outweighs a missing response, which outweighs a scenario that did not run. */
function exitCodeOf({ passed, failed, error, notRun }: VerifyReport["totals"]): VerifyReport["exitCode"] {
  if (failed > 0) return 1;
  if (error > 0) return 2;
  return notRun > 0 || passed === 0 ? 3 : 0;
}

/**
 * Returns what `verify` would do, without sending a request.
 *
 * @param options The options of `verify`.
 * @returns The plan.
 * @throws {VerifyError} when an option is invalid.
 * @example
 * ```ts
 * const options = { baseUrl: "http://127.0.0.1:4020", sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" };
 * console.log(planVerification(options).writes);
 * ```
 */
export function planVerification(options: VerifyOptions): VerifyPlan {
  checkOptions(options);
  return prepare(options, draw(options)).plan;
}

function run(
  part: Part,
  runner: Runner,
  plan: { readonly seed: number; readonly runs: number },
): Promise<ScenarioResult> {
  return part.kind === "scenario"
    ? runScenario(part.scenario, part.fixtures, runner)
    : runRandomCheck(part.check, part.fixtures, runner, plan);
}
