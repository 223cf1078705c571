import { operations, regionOf } from "../operations.ts";
import { type Fixtures, type FixturePool, createFixturePool, noAccounts } from "./fixtures.ts";
import { type RandomCheck, randomChecks } from "./random-checks.ts";
import { ruleScenarios } from "./rule-scenarios.ts";
import type { Scenario, VerifyPlan } from "./scenario.ts";
import { handwrittenScenarios } from "./scenarios.ts";
import { fastest, isLoopback, VerifyError, type VerifyOptions } from "./verify-options.ts";

/** A scenario or a random check, and its fixtures. */
export type Part =
  | { readonly kind: "scenario"; readonly scenario: Scenario; readonly fixtures: Fixtures }
  | { readonly kind: "random"; readonly check: RandomCheck; readonly fixtures: Fixtures };

/** A skipped scenario, and why. */
export interface LeftOut {
  readonly scenario: Pick<Scenario, "id" | "title" | "basis"> & { readonly group: Scenario["group"] | "random" };
  readonly because: string;
  /** Whether an option selects or allows it. */
  readonly allowed: boolean;
}

interface Obstacle {
  readonly because: string;
  /** Whether an option selects it. */
  readonly requested: boolean;
}

export interface Preparation {
  readonly plan: VerifyPlan;
  readonly parts: readonly Part[];
  readonly leftOut: readonly LeftOut[];
  readonly pool: FixturePool;
}

/** The seed and the name of a run. */
export interface Draw {
  /** Of the random bodies. */
  readonly seed: number;
  /** Part of the generated names: a user of an earlier run, even with the same seed, must not be used again. */
  readonly run: string;
}

/** Generates the seed and the name of a run. */
export function draw({ seed, random = Math.random }: VerifyOptions): Draw {
  const number = (): number => Math.floor(random() * 2 ** 31);
  const drawn = seed ?? number();
  return { seed: drawn, run: `${Math.abs(drawn).toString(36)}-${number().toString(36)}` };
}

/**
 * Plans the run before the first call. Throws a `VerifyError` when `only` or `allowSkipped` names nothing.
 *
 * @param busy Users that already have groups or marks, which are not used as fresh users.
 */
export function prepare(
  options: VerifyOptions,
  { seed, run }: Draw,
  busy: ReadonlySet<string> = new Set(),
): Preparation {
  const { runs = 25, readOnly = false, only = [], allowSkipped = [], callsPerSecond = fastest } = options;
  const region = regionOf(new URL(options.baseUrl));
  const pool = createFixturePool({
    users: options.users,
    busy,
    chatGroup: options.chatGroup,
    run,
  });
  const parts: Part[] = [];
  const obstacles: { readonly scenario: LeftOut["scenario"]; readonly obstacle: Obstacle }[] = [];

  const checks = runs === 0 ? [] : randomChecks(runs);
  const scenarios = [...handwrittenScenarios, ...ruleScenarios()];
  const all = [...scenarios, ...checks.map(({ id }) => ({ id, group: "random" as const }))];
  checkNames("only", only, all);
  if (allowSkipped !== true) checkNames("allowSkipped", allowSkipped, all);
  // Those that exceed the rate limit come last, so that they throttle no other.
  const ordered = scenarios.toSorted(
    (one, other) => Number(one.needs.burst ?? false) - Number(other.needs.burst ?? false),
  );
  for (const scenario of ordered) {
    if (!isChosen(scenario, only)) continue;
    const found = obstacleOf(scenario, options) ?? fixturesOrObstacle(scenario.needs, pool);
    if ("because" in found) obstacles.push({ scenario, obstacle: found });
    else parts.push({ kind: "scenario", scenario, fixtures: found });
  }
  for (const check of checks) {
    const about = aboutCheck(check);
    if (!isChosen(about, only)) continue;
    const found =
      readOnly && check.operation.effect !== "read"
        ? leftOutBy("writes, and `readOnly` is set")
        : fixturesOrObstacle(check.needs, pool);
    if ("because" in found) obstacles.push({ scenario: about, obstacle: found });
    else parts.push({ kind: "random", check, fixtures: found });
  }
  const leftOut = obstacles.map(({ scenario, obstacle }): LeftOut => ({
    scenario,
    because: obstacle.because === noAccounts ? pool.shortage : obstacle.because,
    allowed: obstacle.requested || maySkip(scenario, allowSkipped),
  }));
  parts.sort((one, other) => Number(isBurst(one)) - Number(isBurst(other)));

  const calls = parts.reduce((sum, part) => sum + callsOf(part, runs, options.users !== undefined), 0);
  const bursts = parts.reduce((sum, part) => sum + burstSeconds(part), 0);
  const plan: VerifyPlan = {
    scenarios: parts.length,
    skipped: leftOut.map(({ scenario: { id }, because, allowed }) => ({ id, because, allowed })),
    calls,
    callsPerSecond,
    writes: [...new Set(parts.flatMap((part) => (writes(part) ? part.fixtures.fresh : [])))],
    ...(options.users && { accounts: { wanted: pool.wanted, given: options.users.length, busy: busy.size } }),
    rateLimitMs: Math.round((calls / callsPerSecond) * 1000 + bursts * 2000),
    seed,
    runs,
    readOnly,
    exceedsRate: parts.flatMap((part) => (isBurst(part) ? [aboutOf(part).id] : [])),
    ...(region !== undefined && { region }),
  };
  return { plan, parts, leftOut, pool };
}

/** Whether a scenario may be skipped when something that it needs is missing. */
export function maySkip(
  scenario: { readonly id: string; readonly group: string },
  allowSkipped: VerifyOptions["allowSkipped"] = [],
): boolean {
  return allowSkipped === true || (allowSkipped.length > 0 && isChosen(scenario, allowSkipped));
}

function leftOutBy(because: string): Obstacle {
  return { because, requested: true };
}

function missing(because: string): Obstacle {
  return { because, requested: false };
}

function fixturesOrObstacle(needs: Scenario["needs"], pool: FixturePool): Fixtures | Obstacle {
  const fixtures = pool.take(needs);
  return typeof fixtures === "string" ? missing(fixtures) : fixtures;
}

/** Returns why a scenario must not or cannot run. */
function obstacleOf(scenario: Scenario, options: VerifyOptions): Obstacle | undefined {
  const { needs, basis } = scenario;
  const { readOnly = false, burst = isLoopback(options.baseUrl), secretKey, documentedOnly = false } = options;
  if (documentedOnly && basis !== "documented") return leftOutBy(`is ${basis}, and \`documentedOnly\` is set`);
  if (readOnly && scenario.operations.some(isWriting)) return leftOutBy("writes, and `readOnly` is set");
  if (needs.burst && (readOnly || !burst))
    return {
      because: "exceeds the rate limit: `burst: true` runs it, `burst: false` skips it",
      requested: readOnly || options.burst === false,
    };
  if (options.gatewaySigns && (needs.secretKey || needs.credentials))
    return leftOutBy("is about the credentials, which the gateway adds (`gatewaySigns`)");
  if (needs.secretKey && secretKey === undefined) return missing("needs `secretKey`, to sign invalid UserSigs");
  return undefined;
}

function isWriting(operationId: string): boolean {
  return operations.some((it) => it.operationId === operationId && it.effect !== "read");
}

/** Whether a part sends requests that write. */
export function writes(part: Part): boolean {
  return part.kind === "random" ? part.check.operation.effect !== "read" : part.scenario.operations.some(isWriting);
}

function isChosen({ id, group }: { readonly id: string; readonly group: string }, only: readonly string[]): boolean {
  return only.length === 0 || only.some((name) => name === id || name === group || id.startsWith(`${name}/`));
}

function checkNames(
  option: string,
  names: readonly string[],
  all: readonly { readonly id: string; readonly group: string }[],
): void {
  for (const name of names) {
    if (all.some((one) => isChosen(one, [name]))) continue;
    const near = all.map(({ id }) => id).filter((id) => id.includes(name));
    const some = (near.length > 0 ? near : all.map(({ id }) => id)).slice(0, 8).join(", ");
    throw new VerifyError(
      `\`${option}\` must name scenarios or groups, such as ${some}, but has ${JSON.stringify(name)}.`,
    );
  }
}

/** Returns what a report shows of a part. */
export function aboutOf(part: Part): LeftOut["scenario"] {
  return part.kind === "scenario" ? part.scenario : aboutCheck(part.check);
}

function aboutCheck({ id, title }: RandomCheck): LeftOut["scenario"] {
  return { id, title, group: "random", basis: "documented" };
}

/** Whether a part exceeds the rate limit. */
export function isBurst(part: Part): boolean {
  return part.kind === "scenario" && part.scenario.needs.burst === true;
}

/** Counts the calls of a part. The groups of given accounts are read first. */
function callsOf(part: Part, runs: number, areGiven: boolean): number {
  const reads = areGiven ? part.fixtures.fresh.length : 0;
  return reads + (part.kind === "random" ? runs : part.scenario.calls);
}

function burstSeconds(part: Part): number {
  if (part.kind === "random" || !part.scenario.needs.burst) return 0;
  const { operations: called } = part.scenario;
  return Math.max(...operations.filter((it) => called.includes(it.operationId)).map(({ rate }) => rate.seconds));
}
