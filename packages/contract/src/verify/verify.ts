import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import manifest from "../../package.json" with { type: "json" };
import { descriptionVersion } from "../operations.ts";
import { withNeeds } from "../report/consumer-needs.ts";
import { findingsOfReport } from "../report/from-verify.ts";
import { exitCodeOf, runOfReport } from "../report/run.ts";
import { aboutOf, draw, isBurst, type LeftOut, maySkip, type Part, prepare, writes } from "./plan.ts";
import { cleanUp } from "./clean-up.ts";
import { ruleScenarios } from "./rule-scenarios.ts";
import { handwrittenScenarios } from "./scenarios.ts";
import { checkAccess, prepareWithFreshUsers } from "./preflight.ts";
import { createProvider, type Runner } from "./provider.ts";
import { runRandomCheck } from "./random-checks.ts";
import { type Ran, startScenario } from "./run-scenario.ts";
import type { ScenarioResult, VerifyPlan, VerifyReport } from "./scenario.ts";
import { checkOptions, isLoopback, VerifyError, type VerifyOptions } from "./verify-options.ts";
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
  const { clock = realClock } = options;
  const drawn = draw(options);
  const first = prepare(options, drawn);
  options.onPlan?.(first.plan);
  checkPermission(options, first.plan);

  const startedAt = clock.now();
  const { sdkAppId } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const runner = await createRunner(options, baseUrl, first.plan.callsPerSecond, clock);
  const { provider } = runner;
  if (first.parts.length > 0) await checkAccess(first.pool.anyUser, runner, options.users !== undefined);
  const { plan, parts, leftOut, empty } = await prepareWithFreshUsers(first, options, drawn, runner);
  if (plan !== first.plan) options.onPlan?.(plan);

  const results = leftOut.map(({ scenario, because, allowed }) =>
    withoutRun(scenario, because, allowed ? "skipped" : "notRun"),
  );
  let [done, withoutResponse] = [0, 0];
  let hasFailed = false;
  const queue = parts.map((part): Queued => ({ part, run: () => run(part, runner, plan) }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { part } = next;
    const because =
      withoutResponse === mostWithoutResponse
        ? `the provider stopped responding: ${mostWithoutResponse} scenarios before it had no response`
        : hasFailed && provider.tooCostly;
    if (because) {
      results.push(...[next, ...queue].map((left) => withoutRun(aboutOf(left.part), because, "notRun")));
      break;
    }
    const ran = await next.run();
    if (typeof ran === "function") {
      const ofRate = queue.findIndex((left) => isBurst(left.part));
      queue.splice(ofRate === -1 ? queue.length : ofRate, 0, { part, run: ran });
      continue;
    }
    withoutResponse = ran.outcome === "error" ? withoutResponse + 1 : 0;
    hasFailed ||= ran.outcome === "failed";
    // What a failed scenario wrote shows why it failed.
    if (ran.outcome === "passed" && writes(part))
      await cleanUp(
        part.fixtures.fresh.filter((user) => empty.has(user)),
        runner,
      );
    const result: ScenarioResult =
      ran.outcome === "notRun" && maySkip(ran, options.allowSkipped) ? { ...ran, outcome: "skipped" } : ran;
    results.push(result);
    options.onProgress?.(result, ++done, parts.length);
  }
  const { calls, repeated } = provider;
  if (repeated >= mostRepeated && repeated > calls * mostRepeatedShare)
    results.push(
      withoutRun(everyCall, `${repeated} of ${calls} calls had a response only when they were sent again`, "error"),
    );
  const totals = { passed: 0, failed: 0, skipped: 0, notRun: 0, error: 0 };
  for (const { outcome } of results) totals[outcome]++;
  const report = {
    target: { baseUrl, ...(sdkAppId !== undefined && { sdkAppId }) },
    versions: { contract: manifest.version, description: descriptionVersion },
    plan,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: clock.now() - startedAt,
    calls,
    waitedMs: Math.round(provider.waitedMs),
    totals,
    results: options.consumer
      ? withNeeds(results, options.consumer, [...handwrittenScenarios, ...ruleScenarios()])
      : results,
  };
  return { ...report, exitCode: exitCodeOf(findingsOfReport(report), runOfReport(report)) };
}

/** After this many scenarios in a row without a response, the provider is not there any more. */
const mostWithoutResponse = 3;

/** The number and the share of calls without a response at first that are reported. A network loses fewer. */
const [mostRepeated, mostRepeatedShare] = [5, 0.002];
const everyCall: LeftOut["scenario"] = {
  id: "every-call-has-a-response",
  title: "Calls have a response without being sent again",
  group: "valid",
  basis: "documented",
};

/** Throws a `VerifyError` when groups would be written to another machine without permission. */
function checkPermission({ baseUrl, yes = false }: VerifyOptions, { region, writes: written }: VerifyPlan): void {
  if (yes || written.length === 0 || isLoopback(baseUrl)) return;
  const host = `${new URL(baseUrl).hostname} is ${region === undefined ? "not this machine" : `the service's own host (${region})`}`;
  throw new VerifyError(
    `${host}, and groups would be written to ${written.length} users. Set \`yes\` to allow it, or \`readOnly\` to read only.`,
  );
}

async function createRunner(
  options: VerifyOptions,
  baseUrl: string,
  callsPerSecond: number,
  clock: Clock,
): Promise<Runner> {
  const { sdkAppId, identifier, userSig, secretKey, headers = {}, gatewaySigns = false } = options;
  const { random = Math.random, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  // A page can repeat the token of `Bearer <token>` alone. A short part is a word.
  const parts = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/[\s,;=]+/)])
    .filter(({ length }) => length >= 8);
  const secrets = [userSig, secretKey, ...parts].filter((secret) => secret !== undefined);
  const provider = createProvider({ baseUrl, fetch, clock, callsPerSecond, timeoutMs, secrets });
  const caller = { sdkAppId, identifier, userSig, secretKey, gatewaySigns, headers, now: clock.now, random };
  return { provider, prism: await loadPrism(), caller, clock };
}

/** Returns the result of a scenario that did not run. */
function withoutRun(
  { id, title, group, basis }: LeftOut["scenario"],
  because: string,
  outcome: "skipped" | "notRun" | "error",
): ScenarioResult {
  return { id, title, group, basis, because, outcome, durationMs: 0, calls: 0, failures: [] };
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

/** A part, or what is left of it. */
interface Queued {
  readonly part: Part;
  readonly run: () => Promise<Ran>;
}

function run(part: Part, runner: Runner, plan: { readonly seed: number; readonly runs: number }): Promise<Ran> {
  return part.kind === "scenario"
    ? startScenario(part.scenario, part.fixtures, runner)
    : runRandomCheck(part.check, part.fixtures, runner, plan);
}
