import { realClock } from "@contact-groups/core/real-clock";
import manifest from "../../package.json" with { type: "json" };
import { descriptionVersion } from "../operations.ts";
import { loadPrism } from "../prism.ts";
import { draw, maySkip, type Part, prepare } from "./plan.ts";
import { knock, prepareAround } from "./preflight.ts";
import { createProvider, type Runner } from "./provider.ts";
import { runRandomCheck } from "./random-checks.ts";
import type { Caller } from "./request.ts";
import { runScenario } from "./run-scenario.ts";
import type { ScenarioResult, VerifyPlan, VerifyReport } from "./scenario.ts";
import { checkOptions, VerifyError, type VerifyOptions } from "./verify-options.ts";

/**
 * Verifies that a provider behaves as the description says: a service, an emulator, or a gateway in front of one.
 *
 * Scenarios that are written by hand, one for each rule of the description, and random bodies are sent, and the answers judged by their
 * `ErrorCode`, their fields and by Prism. A provider that keeps the contract has a report without failures.
 *
 * @param options Where the provider is, who calls, and what may be done to it.
 * @returns What was found. Failures of the provider do not reject: `totals` counts them, and `exitCode` is 0 only when all that was wanted ran and passed.
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
 * process.exitCode = report.exitCode;
 * ```
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  checkOptions(options);
  const { clock = realClock, random = Math.random, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  const drawn = draw(options);
  const first = prepare(options, drawn);
  const { region, writes, callsPerSecond } = first.plan;
  options.onPlan?.(first.plan);
  if (region !== undefined && writes.length > 0 && options.yes !== true)
    throw new VerifyError(
      `The host is the service's own (${region}), and groups would be written to ${writes.length} users. Set yes to do it, or readOnly.`,
    );

  const startedAt = clock.now();
  const { sdkAppId, identifier, userSig, secretKey } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const secrets = [userSig, secretKey].filter((secret) => secret !== undefined);
  const provider = createProvider({ baseUrl, fetch, clock, callsPerSecond, timeoutMs, secrets });
  const caller: Caller = { sdkAppId, identifier, userSig, secretKey, now: clock.now, random };
  const runner: Runner = { provider, prism: await loadPrism(), caller, clock };
  if (first.parts.length > 0) await knock(first.casting.someone, runner, options.users !== undefined);
  const { plan, parts, leftOut } = await prepareAround(first, options, drawn, runner);
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

/** A provider that broke the contract counts more than one that did not answer, and that more than something that did not run. */
function exitCodeOf({ passed, failed, error, notRun }: VerifyReport["totals"]): VerifyReport["exitCode"] {
  if (failed > 0) return 1;
  if (error > 0) return 2;
  return notRun > 0 || passed === 0 ? 3 : 0;
}

/** Says what `verify` would do, and makes no call. Throws a `VerifyError` when an option is wrong. */
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
    ? runScenario(part.scenario, part.cast, runner)
    : runRandomCheck(part.check, part.cast, runner, plan);
}
