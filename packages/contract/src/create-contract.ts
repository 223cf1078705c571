import { type Clock, sleep } from "@contact-groups/core/clock";
import { type Redact, redaction } from "@contact-groups/core/redact";
import { type Body, readBody } from "./body.ts";
import { type Contract, ContractViolationError } from "./contract.ts";
import { controlPrefix, createControl } from "./control.ts";
import type { CredentialCheck } from "./credentials.ts";
import { createFetch } from "./fetch-adapter.ts";
import { judge, type JudgeOptions } from "./judge/judge.ts";
import { preferredPlan } from "./plan/prefer.ts";
import { createScript, type Script } from "./plan/script.ts";
import { unusedViolation } from "./plan/unused.ts";
import { headerOf } from "./message.ts";
import type { ApiOperation } from "./operations.ts";
import type { Prism } from "./prism.ts";
import { type CallInProgress, createHistory, createRecording, type Recording, toExchange } from "./record/recording.ts";
import type { Violation } from "./judge/violation.ts";
import { checkRequest, credentials, multimap, route } from "./request-checks.ts";
import type { ResponseViolation } from "./record/exchange.ts";
import { checkResponse } from "./response-checks.ts";
import {
  chooseResponse,
  type IncomingRequest,
  type OutgoingResponse,
  type Plan,
  preflight,
  type Responder,
} from "./response.ts";
import { addJudged, type Judged, judgedOf, verdictOf } from "./verdict.ts";

/** Maximum number of violations that are kept of unused plans. */
const mostKeptViolations = 1000;

export interface ContractSettings extends Omit<ContractParts, "script" | "recording"> {
  readonly maxExchanges: number;
}

/** Creates the contract that tests use, and the function that responds to its requests. */
export function createContract(parts: ContractSettings): { readonly api: Contract; readonly respond: Responder } {
  const script = createScript();
  const history = createHistory();
  let recording = createRecording(parts.maxExchanges);
  /** Plans that were not used before a reset. */
  let unusedBefore: readonly Violation[] = [];
  const unusedNow = (): Violation[] =>
    script.unused.map((unused) => unusedViolation(unused, recording.exchanges.length));
  /** Validates the calls since the last reset, or since the start. */
  const judgeCalls = ({ sinceStart = false, ...options }: JudgeOptions = {}): Judged => {
    const { exchanges, forgotten } = recording;
    const now = judgedOf(exchanges, judge(exchanges, options), { forgotten });
    const { ignore = [], sides = ["request"] } = options;
    const { past } = history;
    const { violations, ...counts } = sinceStart
      ? addJudged({ ...past, violations: past.violations.filter(({ rule }) => !ignore.includes(rule)) }, now)
      : now;
    // Without a call, nothing could use a plan.
    const isJudged = counts.ofOperations > 0 && sides.includes("request") && !ignore.includes("unused-plan");
    const unused = isJudged ? [...(sinceStart ? unusedBefore : []), ...unusedNow()] : [];
    return { ...counts, violations: [...violations, ...unused] };
  };
  const respondToCall = createRespond({ ...parts, script, recording: () => recording });
  const api: Contract = {
    fetch: createFetch((request) => respond(request), parts.clock),
    plan(operation, responses, options) {
      script.plan(operation, responses, options);
      return api;
    },
    reset() {
      unusedBefore = [...unusedBefore, ...unusedNow()].slice(0, mostKeptViolations);
      script.reset();
      history.end(recording);
      recording = createRecording(parts.maxExchanges);
    },
    get exchanges() {
      return [...recording.exchanges];
    },
    violations: (options) => judgeCalls(options).violations,
    assertValid(options) {
      const judged = judgeCalls(options);
      const { outcome, text } = verdictOf(judged);
      if (outcome !== "passed") throw new ContractViolationError(text, judged.violations, outcome);
    },
  };
  const control = createControl(api);
  const isControl = (url: string): boolean =>
    url.includes(controlPrefix) && new URL(url).pathname.startsWith(controlPrefix);
  const respond: Responder = (request) => (isControl(request.url) ? control(request) : respondToCall(request));
  return { api, respond };
}

export interface ContractParts {
  /** Loads Prism when it is first needed. */
  readonly prism: () => Promise<Prism>;
  readonly maxBodyBytes: number;
  /** Undefined when any credentials are accepted. */
  readonly checkCredentials?: CredentialCheck | undefined;
  readonly clock: Clock;
  readonly script: Script;
  /** The recording at this time; `reset` begins a new one. */
  readonly recording: () => Recording;
}

/**
 * Creates the function that responds to requests. A request passes route, readBody, the planned responses (plan/), checkRequest,
 * chooseResponse and toExchange. A response that a test planned or a `Prefer` header requests is sent even if the query or the body is
 * invalid.
 */
export function createRespond(parts: ContractParts): Responder {
  const { clock, script } = parts;

  return async (request) => {
    if (request.method === "OPTIONS" && headerOf(request.headers, "Access-Control-Request-Method") !== undefined)
      return preflight();
    const recording = parts.recording();
    const url = new URL(request.url);
    const { pathname: path, searchParams: query } = url;
    const found = route(path, request.method);
    const operation = "rule" in found ? undefined : found;
    const redact = redaction(credentials(query));
    const call: CallInProgress = {
      ...recording.arrive(),
      startedAt: clock.now(),
      step: script.step,
      method: request.method,
      path,
      query: multimap(query),
      headers: request.headers,
      prefer: headerOf(request.headers, "Prefer"),
      operation,
      chosenBy: "request",
    };
    try {
      const plan = operation && (await readAndPlan(call, operation, request, redact));
      const { body = { kind: "empty" }, headers, method } = call;
      call.checked = await checkRequest(found, { method, url, headers, body: body as Body }, parts);
      call.chosen = chooseResponse(operation, call.checked, plan, sentBody(call), redact);
      call.responseViolations =
        operation && (await checkOwnResponse(operation, call.chosen.response, await parts.prism()));
      if (call.chosen.delayMs > 0) await sleep(clock, call.chosen.delayMs, request.signal?.());
      return call.chosen.response;
    } catch (reason) {
      call.isLost = true;
      throw reason;
    } finally {
      recording.add(toExchange(call, clock.now(), recording, redact));
    }
  };

  async function readAndPlan(
    call: CallInProgress,
    operation: ApiOperation,
    request: IncomingRequest,
    redact: Redact,
  ): Promise<Plan | undefined> {
    call.body = "broken";
    call.body = await readBody(request.body, headerOf(request.headers, "Content-Length"), parts.maxBodyBytes);
    const preferred = preferredPlan(operation, call.prefer, redact);
    const scripted = preferred ? undefined : script.take(operation, { query: call.query, body: sentBody(call) });
    call.chosenBy = preferred ? "prefer" : scripted ? "plan" : "request";
    return preferred ?? scripted;
  }
}

/** Returns the parsed body of a request; undefined when it is not JSON. */
function sentBody({ body }: CallInProgress): unknown {
  return typeof body === "object" && body.kind === "json" ? body.value : undefined;
}

/** Validates the response of this server as that of any provider. A fault that a test planned is no response of the service. */
async function checkOwnResponse(
  operation: ApiOperation,
  { status, headers, body, reset }: OutgoingResponse,
  prism: Prism,
): Promise<readonly ResponseViolation[]> {
  if (reset) return [];
  return checkResponse(operation, { status, headers: Object.entries(headers), body: Buffer.from(body ?? "") }, prism);
}

/** Throws a `RangeError` that names the first limit that is not a positive integer. */
export function requirePositive(limits: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1)
      throw new RangeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, but is ${value}.`);
  }
}
