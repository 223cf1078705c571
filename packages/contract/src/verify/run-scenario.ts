/** Runs scenarios. */
import { type OkBody, type OperationId, queryFields, requestChecks } from "@contact-groups/openapi/model";
import { documents, type ApiOperation, operations, sayCode } from "../operations.ts";
import { type BurstCall, judgeBursts } from "./burst.ts";
import { checkContent, checkWhole, errorCode, type ExpectedResponse } from "./check-response.ts";
import type { Fixtures } from "./fixtures.ts";
import { at, matches, type Mismatch, show } from "./matching.ts";
import { type ProviderResponse, NoResponseError, type Runner } from "./provider.ts";
import { credentialOf, type PreparedCall, type RequestParts, toCall, toCurl, wrongUserSig } from "./request.ts";
import { burstsOf, type Context, type Failure, type Scenario, type ScenarioResult } from "./scenario.ts";

/** A response is not as expected. */
class UnexpectedResponse extends Error {
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[]) {
    super("A response is not as expected.");
    this.failures = failures;
  }
}

/** Something that the scenario needs is missing; the message says what. */
class MissingNeed extends Error {}

/** There is no verdict; the message says why. */
class NoVerdict extends Error {}

/** The result of a scenario, or what is left of it for the end of the run. */
export type Ran = ScenarioResult | (() => Promise<ScenarioResult>);

/** Runs a scenario up to its first failed call, because later calls depend on it. What is left for the end of the run is not sent. */
export function startScenario(scenario: Scenario, fixtures: Fixtures, runner: Runner): Promise<Ran> {
  const { provider, clock } = runner;
  const { id, title, group, basis } = scenario;
  let [durationMs, calls] = [0, 0];
  const steps: Promise<unknown>[] = [];

  /** Does a part of the scenario, and adds its time and its calls. */
  async function measure<Result>(part: () => Promise<Result>): Promise<Result> {
    const [startedAt, callsBefore] = [clock.now(), provider.calls];
    try {
      return await part();
    } catch (error) {
      // Of concurrent calls, the others are still under way.
      await Promise.allSettled(steps);
      throw error;
    } finally {
      durationMs += clock.now() - startedAt;
      calls += provider.calls - callsBefore;
    }
  }
  async function resultOf(part: () => ReturnType<Scenario["run"]>): Promise<Ran> {
    const result = (rest: Pick<ScenarioResult, "outcome" | "because" | "failures">): ScenarioResult => ({
      id,
      title,
      group,
      basis,
      durationMs,
      calls,
      ...rest,
    });
    try {
      const rest = await measure(part);
      if (rest) return async () => (await resultOf(rest)) as ScenarioResult;
      return result({ outcome: "passed", failures: [] });
    } catch (error) {
      if (error instanceof UnexpectedResponse) return result({ outcome: "failed", failures: error.failures });
      if (error instanceof MissingNeed) return result({ outcome: "notRun", because: error.message, failures: [] });
      if (error instanceof NoVerdict || error instanceof NoResponseError)
        return result({ outcome: "error", because: error.message, failures: [] });
      throw error;
    }
  }
  return resultOf(() => scenario.run(createContext(scenario, steps, runner), byName(scenario, fixtures)));
}

/** Runs the whole of a scenario. */
export async function runScenario(scenario: Scenario, fixtures: Fixtures, runner: Runner): Promise<ScenarioResult> {
  const ran = await startScenario(scenario, fixtures, runner);
  return typeof ran === "function" ? ran() : ran;
}

/** Returns the fixtures as a scenario gets them: a UserID, or a list where it needs several. */
function byName({ needs }: Scenario, { users, chatGroups }: Fixtures): Parameters<Scenario["run"]>[1] {
  const found = Object.entries(users).map(([name, some]): [string, string | readonly string[]] => [
    name,
    needs.users?.[name]?.count === undefined ? (some[0] ?? "") : some,
  ]);
  return { ...chatGroups, ...Object.fromEntries(found) };
}

const credentials: ReadonlySet<string> = new Set(
  queryFields.filter(({ credential }) => credential).map(({ name }) => name),
);

function createContext(scenario: Scenario, steps: Promise<unknown>[], runner: Runner): Context<OperationId> {
  const { caller } = runner;
  const run = async <Result>(id: OperationId, action: (step: Step) => Promise<Result>): Promise<Result> => {
    if (!scenario.operations.includes(id))
      throw new TypeError(`The scenario ${scenario.id} must list ${id} in its operations, because it calls it.`);
    const step = createStep(scenario, operationOf(id), steps.length + 1, runner);
    const promise = action(step);
    steps.push(promise);
    return promise;
  };
  return {
    call: (id, body, expected) =>
      run(id, async ({ send }) => (await send({ body }, expected ?? {})).body as OkBody<typeof id>),
    send: (id, parts, expected) =>
      run(id, async ({ send }) => {
        const replaced = Object.keys(parts.query ?? {}).filter((name) => credentials.has(name.toLowerCase()));
        if (replaced.length > 0 && !scenario.needs.secretKey && !scenario.needs.credentials)
          throw new TypeError(
            `The scenario ${scenario.id} must set credentials in its needs: it replaces ${replaced[0]}.`,
          );
        await send(parts, expected);
      }),
    readPages: (id, body, expected) => run(id, (step) => readPages(step, body, expected, runner)),
    burst: (id, body) => run(id, (step) => burst(step, body, runner)),
    need(holds, because) {
      if (!holds) throw new MissingNeed(because);
    },
    userSig: (wrong) => wrongUserSig(wrong, caller),
    credential: (name) => credentialOf(name, caller),
    unknownApp: caller.sdkAppId === 1 ? "2" : "1",
  };
}

function operationOf(id: OperationId): ApiOperation {
  const operation = operations.find(({ operationId }) => operationId === id);
  if (!operation) throw new TypeError(`The description has no operation ${id}.`);
  return operation;
}

/** A step of a scenario: one call, or calls that belong together. */
interface Step {
  readonly operation: ApiOperation;
  /** Sends a call, and checks its response. */
  readonly send: (parts: RequestParts, expected: ExpectedResponse) => Promise<SentCall>;
  /** Throws when there is a mismatch. */
  readonly check: (mismatches: readonly Mismatch[], call: PreparedCall) => void;
}

function createStep(scenario: Scenario, operation: ApiOperation, step: number, runner: Runner): Step {
  const check: Step["check"] = (mismatches, call) => {
    if (mismatches.length === 0) return;
    const [operationId, request, why] = [operation.operationId, toCurl(call), scenario.reason];
    const sources = sourcesOf(scenario.sources);
    throw new UnexpectedResponse(
      mismatches.map((mismatch) => ({ step, operation: operationId, request, ...mismatch, why, sources })),
    );
  };
  return {
    operation,
    check,
    async send(parts, expected) {
      const sent = await sendCall(operation, parts, runner, expected.ErrorCode);
      const mismatches = await checkWhole(operation, sent.response, expected, runner);
      if (mismatches.length > 0 && sent.response.isRepeated && operation.effect !== "read")
        throw new NoVerdict(
          `the first response to ${operation.operationId} was lost, so the provider may have done the call twice`,
        );
      check(mismatches, sent.call);
      return { ...sent, body: sent.response.body };
    },
  };
}

/** Returns the documents with these keys. */
export function sourcesOf(keys: readonly string[]): Failure["sources"] {
  return keys.flatMap((key) => documents[key] ?? []);
}

/** A call and its response. */
interface SentCall {
  readonly call: PreparedCall;
  readonly response: ProviderResponse;
  readonly body: unknown;
}

const rateError: number = requestChecks.rate.error;
const mostRepeats = 3;

/** Sends one call, again if other callers of the app have used up the rate limit. */
export async function sendCall(
  operation: ApiOperation,
  parts: RequestParts,
  { provider, caller, clock }: Runner,
  expectedCode: unknown = 0,
): Promise<Omit<SentCall, "body">> {
  for (let attempt = 0; ; attempt++) {
    const call = toCall(operation, parts, caller);
    const response = await provider.send(call);
    const isThrottled = errorCode(response) === rateError && !matches(expectedCode, rateError, clock.now());
    if (!isThrottled || attempt === mostRepeats) return { call, response };
    await provider.rest(operation.rate.seconds);
  }
}

/** Uses up the rate limit, and then exceeds it twice. */
async function burst({ operation, check }: Step, body: unknown, { provider, ...runner }: Runner): Promise<void> {
  const { calls: allowed, seconds } = operation.rate;
  const spanMs = seconds * 1000;
  const toCalls = (count: number): readonly PreparedCall[] =>
    Array.from({ length: count }, () => toCall(operation, { body }, runner.caller));
  const sendAll = async (calls: readonly PreparedCall[]): Promise<readonly BurstCall[]> => {
    const timed: BurstCall[] = [];
    for (const [index, response] of (await provider.burst(calls, seconds)).entries()) {
      const isRejected = errorCode(response) === rateError;
      check(await checkWhole(operation, response, { ErrorCode: isRejected ? rateError : 0 }, runner), calls[index]!);
      timed.push({ sentAt: response.sentAt, tookMs: response.tookMs, isRejected });
    }
    return timed;
  };
  const [atLimit, over, overAgain] = burstsOf(operation);
  const most = toCalls(atLimit);
  const expect = (expected: string, got: string): void =>
    check([{ rule: "value", pointer: "", expected, got }], most[0]!);
  // However a provider counts, no span has more calls than these.
  const rejected = (await sendAll(most)).filter(({ isRejected }) => isRejected).length;
  if (rejected > 0) {
    await provider.rest(seconds);
    return expect(`${allowed} calls in ${seconds} s with the code ${sayCode(0)}`, `${allowed - rejected}`);
  }
  const first = await sendAll(toCalls(over));
  // The second burst begins half a span later in the spans of the provider.
  const sinceFirst = runner.clock.now() - (first[0]?.sentAt ?? 0);
  await provider.rest(((spanMs / 2 - (sinceFirst % spanMs) + spanMs) % spanMs) / 1000);
  const second = await sendAll(toCalls(overAgain));
  await provider.rest(seconds);
  const { verdict, count } = judgeBursts([first, second], allowed, spanMs);
  switch (verdict) {
    case "kept":
      return;
    case "too many":
      return expect(`at most ${allowed} calls in ${seconds} s with the code ${sayCode(0)}`, `${count}`);
    case "no limit":
      return expect(`${sayCode(rateError)} for some of ${count} calls within ${seconds} s`, "no such call");
    case "too slow":
      throw new NoVerdict(
        `the responses to ${first.length} calls took ${count} ms, which is too slow to judge the limit of ${allowed} calls in ${seconds} s`,
      );
  }
}

/** Reads all pages, and checks their lists as one. */
async function readPages(
  { operation, send, check }: Step,
  first: unknown,
  expected: ExpectedResponse,
  { clock }: Runner,
): Promise<void> {
  const { paging } = operation;
  if (!paging) throw new TypeError(`${operation.operationId} has no pages.`);
  const { items: list, start, next, complete } = paging;
  const items: unknown[] = [];
  for (let body = first; ;) {
    const { call, response, body: page } = await send({ body }, {});
    const some = at(page, `/${list}`);
    if (Array.isArray(some)) items.push(...some);
    const [isEnd, from, to] = [at(page, `/${complete}`), at(body, `/${start}`), at(page, `/${next}`)];
    if (isEnd === 1) {
      const whole = { ...response, body: { ...Object(page), [list]: items } };
      return check(checkContent(whole, expected, clock.now()), call);
    }
    const expect = (name: string, text: string): void =>
      check([{ rule: "value", pointer: `/${name}`, expected: text, got: show(at(page, `/${name}`)) }], call);
    if (isEnd !== 0) expect(complete, "1 on the last page and 0 on every other");
    if (typeof to !== "number" || !(to > Number(from)))
      expect(next, `a number above ${show(from)}, where this page began`);
    if (!Array.isArray(some) || some.length === 0) expect(list, "at least one item on a page that is not the last");
    body = { ...Object(body), [start]: to };
  }
}
