/** Rules about requests that are sent again. */
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { docsOf, entryOf } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { endOf, identity, isConcurrent, operationOf, readsIn, writesIn } from "./identity.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** A repeated request after this time is a new decision, not a retry. */
const retryWindowMs = 10_000;

/** Maximum number of retries of one request. Usual clients stop after 2 to 10. */
const mostRetries = 10;

/**
 * Maximum number of retries of a throttled request before the time span of the rate is over. A client that waits and doubles its wait sends up
 * to three.
 */
const mostThrottledRetries = 3;

/** A retry of a throttled request that arrives earlier did not wait at all. */
const shortestWaitMs = 5;

/** Maximum number of retries in a row without a wait. One can be right after a broken connection; a test shortens waits, but they double. */
const mostHotRetries = 2;

/** How often a UserSig is renewed for one call. */
const mostRefreshes = 1;

/** The attempts of one request so far. */
interface Chain {
  readonly last: Exchange;
  readonly retries: number;
  /** Attempts that the service throttled, since the time span of the rate began. */
  readonly throttled: readonly Exchange[];
  /** Retries up to now that did not wait. */
  readonly hot: number;
  /** Attempts in a row that failed because of the UserSig. */
  readonly refreshed: number;
}

/**
 * Reports the same request again, within 10 seconds after the response and within one step of the test, although the catalogue advises
 * against it: `retry` is `never`, unless the state changed in between; it is `refresh-usersig` and the UserSig is the same; its waiting time
 * has not passed, or that of its `Retry-After` header; or the operation is not idempotent and may have run, and no read was made in between. Also reports the 11th retry of a
 * request, and a throttled request without a waiting time in the catalogue that is retried within 5 milliseconds, or four times within the
 * time span of the operation's rate. The same request differs only in `random` and UserSig.
 */
export const retryAdvice: JudgeRule = (exchanges) => {
  const chains = new Map<string, Chain>();
  const meanwhile: Meanwhile = { wasWritten: writesIn(exchanges), wasLookedUp: readsIn(exchanges) };
  return exchanges.flatMap((exchange): Violation[] => {
    const key = identity(exchange);
    const before = chains.get(key);
    const isAgain = before !== undefined && isRetry(before.last, exchange);
    const chain = isAgain ? next(before, exchange) : begin(exchange);
    chains.set(key, chain);
    const advice = isAgain ? against(before.last, exchange, meanwhile, chain) : undefined;
    if (!before || !advice) return [];
    const message = `The request repeats call ${before.last.index}, which ${advice.outcome}`;
    return [violation("retry-advice", exchange, message, advice.fix)];
  });
};

function begin(last: Exchange): Chain {
  return { last, retries: 0, throttled: [], hot: 0, refreshed: 0 };
}

function next({ last, retries, throttled, hot, refreshed }: Chain, exchange: Exchange): Chain {
  if (last.response.errorCode === 0) return begin(exchange);
  const spanMs = spanOf(exchange);
  const recent = entryOf(last.response.errorCode)?.retry === "throttle" ? [...throttled, last] : [];
  return {
    last: exchange,
    retries: retries + 1,
    throttled: recent.filter((one) => exchange.startedAt - endOf(one) < spanMs),
    hot: exchange.startedAt - endOf(last) < shortestWaitMs ? hot + 1 : 0,
    refreshed: entryOf(last.response.errorCode)?.retry === "refresh-usersig" ? refreshed + 1 : 0,
  };
}

function violation(rule: Violation["rule"], exchange: Exchange, message: string, fix: string): Violation {
  const { index: call, operation } = exchange;
  return {
    side: "request",
    rule,
    call,
    operation,
    in: "sequence",
    pointer: "",
    message,
    fix,
    docs: docsOf(operation),
  };
}

/** What happened between two calls. */
interface Meanwhile {
  readonly wasWritten: (before: Exchange, after: Exchange) => boolean;
  readonly wasLookedUp: (before: Exchange, after: Exchange) => boolean;
}

interface Advice {
  readonly outcome: string;
  readonly fix: string;
}

/** Whether a call can be a retry of an earlier one with the same request: soon after its response, in one step of the test. */
export function isRetry(before: Exchange, after: Exchange): boolean {
  const waitedMs = after.startedAt - endOf(before);
  return (
    after.operation !== undefined &&
    before.step === after.step &&
    !isConcurrent(before, after) &&
    waitedMs <= retryWindowMs
  );
}

function spanOf(exchange: Exchange): number {
  return (operationOf(exchange)?.rate.seconds ?? 0) * 1000;
}

function against(before: Exchange, after: Exchange, meanwhile: Meanwhile, chain: Chain): Advice | undefined {
  const { errorCode } = before.response;
  if (errorCode === 0) return undefined;
  const entry = entryOf(errorCode);
  const named = entry && `failed with ${entry.code} ${entry.name}`;
  if (entry?.retry === "never")
    return before.violations.length === 0 && meanwhile.wasWritten(before, after)
      ? undefined
      : { outcome: `${named} and must not be retried unchanged`, fix: entry.fix };
  if (entry?.retry === "refresh-usersig") {
    if (before.request.userSig === after.request.userSig)
      return { outcome: `${named} and must only be retried with a new UserSig`, fix: entry.fix };
    return chain.refreshed === mostRefreshes + 1
      ? {
          outcome: `${named} although its UserSig was new, and must not be retried again`,
          fix: "Renew the UserSig once for a call. If that fails, check the key, the SDKAppID, the identifier and the clock.",
        }
      : undefined;
  }
  const asked = askedWait(before);
  const waitedMs = after.startedAt - endOf(before);
  if (waitedMs < asked)
    return {
      outcome: `asked ${waitedMs} ms before for a wait of ${asked} ms in its Retry-After header`,
      fix: "Wait for the time in the Retry-After header before the retry.",
    };
  const outcome = named ?? (errorCode === undefined ? "got no response from the service" : `failed with ${errorCode}`);
  if (entry?.retry === "throttle") return tooEarly(before, after, entry, chain) ?? tooOften(outcome, chain);
  const operation = operationOf(before);
  if (!operation || operation.idempotent || meanwhile.wasLookedUp(before, after)) return tooOften(outcome, chain);
  return {
    outcome: `${outcome} but may have run`,
    fix: "First check with a read whether it has run, or leave the decision to a person.",
  };
}

/** Returns the milliseconds that a failure asks to wait, by its `Retry-After` header in seconds or as a date; 0 without one. */
function askedWait({ response, startedAt, durationMs }: Exchange): number {
  const header = response.headers["retry-after"] ?? "";
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - (startedAt + durationMs);
  return ms > 0 ? ms : 0;
}

/** Reports a retry once, however many follow. */
function tooOften(outcome: string, { retries, hot }: Chain): Advice | undefined {
  if (hot === mostHotRetries + 1 && retries <= mostRetries)
    return {
      outcome: `${outcome}, and is retry number ${retries}, the third in a row without a wait`,
      fix: "Wait before each retry, and double the wait: 500 ms, 1 s, 2 s.",
    };
  if (retries !== mostRetries + 1) return undefined;
  return {
    outcome: `${outcome}, and is the retry number ${retries} of one request`,
    fix: `Limit the retries, for example to 3 and never above ${mostRetries}, and double the wait before each of them.`,
  };
}

function tooEarly(before: Exchange, after: Exchange, entry: ErrorEntry, { throttled }: Chain): Advice | undefined {
  const { code, name, fix, retryAfterSeconds } = entry;
  const waitedMs = after.startedAt - endOf(before);
  const failed = `failed with ${code} ${name} ${waitedMs} ms before`;
  if (retryAfterSeconds !== undefined)
    return waitedMs < retryAfterSeconds * 1000
      ? { outcome: `${failed} and must only be retried after ${retryAfterSeconds} s`, fix }
      : undefined;
  const spanMs = spanOf(after);
  const wait = `Wait, up to ${spanMs} ms, the time span of the rate limit, before each retry.`;
  if (waitedMs < shortestWaitMs) return { outcome: `${failed} and must only be retried after a wait`, fix: wait };
  if (throttled.length !== mostThrottledRetries + 1) return undefined;
  return { outcome: `${failed}, and is retry number ${throttled.length} within ${spanMs} ms`, fix: wait };
}

/**
 * Reports a request of an operation that is not idempotent which was sent again before the response to the first arrived, as by a double click.
 * The same request differs only in `random` and UserSig.
 */
export const doubleSubmit: JudgeRule = (exchanges) => {
  const firsts = new Map<string, Exchange>();
  return exchanges.flatMap((exchange): Violation[] => {
    const operation = operationOf(exchange);
    if (!operation || operation.idempotent || exchange.violations.length > 0) return [];
    const key = identity(exchange);
    const before = firsts.get(key);
    firsts.set(key, exchange);
    if (!before || before.step !== exchange.step || !isConcurrent(before, exchange)) return [];
    const message = `The request equals call ${before.index}, which had no response yet, and would run twice`;
    const fix = "Send it once: disable the control, or share the call, until its response arrives.";
    return [violation("double-submit", exchange, message, fix)];
  });
};
