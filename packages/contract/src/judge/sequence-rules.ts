import type { ErrorEntry } from "@contact-groups/openapi/model";
import {
  type ApiOperation,
  appName,
  catalogue,
  docsOf,
  drawnNames,
  operations,
  ownerName,
  signatureName,
} from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** A repeated request after this time is a new decision, not a retry. */
const retryWindowMs = 10_000;

/**
 * Reports the same request again, within 10 seconds after the response and within one step of the test, although the catalogue advises
 * against it: `retry` is `never`, unless the state changed in between; it is `refresh-usersig` and the UserSig is the same; its waiting time
 * has not passed; or the operation is not idempotent and may have run, and no read was made in between. The same request differs only in
 * `random` and UserSig.
 */
export const retryAdvice: JudgeRule = (exchanges) => {
  const attempts = new Map<string, Exchange>();
  return exchanges.flatMap((exchange): Violation[] => {
    const key = identity(exchange);
    const before = attempts.get(key);
    attempts.set(key, exchange);
    const advice = before && isRetry(before, exchange) ? against(before, exchange, exchanges) : undefined;
    if (!before || !advice) return [];
    const { index: call, operation } = exchange;
    const message = `The request repeats call ${before.index}, which ${advice.outcome}`;
    return [
      {
        side: "request",
        rule: "retry-advice",
        call,
        operation,
        in: "sequence",
        pointer: "",
        message,
        fix: advice.fix,
        docs: docsOf(operation),
      },
    ];
  });
};

interface Advice {
  readonly outcome: string;
  readonly fix: string;
}

function isRetry(before: Exchange, { operation, step, startedAt }: Exchange): boolean {
  const waitedMs = startedAt - (before.startedAt + before.durationMs);
  return operation !== undefined && before.step === step && waitedMs >= 0 && waitedMs <= retryWindowMs;
}

function against(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): Advice | undefined {
  const { errorCode } = before.response;
  if (errorCode === 0) return undefined;
  const entry = catalogue.find(({ code }) => code === errorCode);
  const named = entry && `failed with ${entry.code} ${entry.name}`;
  if (entry?.retry === "never")
    return wasStateChanged(before, after, exchanges)
      ? undefined
      : { outcome: `${named} and must not be retried unchanged`, fix: entry.fix };
  if (entry?.retry === "refresh-usersig")
    return before.request.userSig === after.request.userSig
      ? { outcome: `${named} and must only be retried with a new UserSig`, fix: entry.fix }
      : undefined;
  if (entry?.retry === "throttle") return tooEarly(before, after, entry, `${named}`);
  const operation = operations.find(({ operationId }) => operationId === before.operation);
  if (!operation || operation.idempotent || wasLookedUp(before, after, exchanges)) return undefined;
  return {
    outcome: `${named ?? (errorCode === undefined ? "got no response from the service" : `failed with ${errorCode}`)} but may have run`,
    fix: "First check with a read whether it has run, or leave the decision to a person.",
  };
}

function tooEarly(before: Exchange, after: Exchange, entry: ErrorEntry, named: string): Advice | undefined {
  const { retryAfterSeconds = 0 } = entry;
  const waitedMs = after.startedAt - (before.startedAt + before.durationMs);
  if (waitedMs >= retryAfterSeconds * 1000) return undefined;
  return {
    outcome: `${named} ${waitedMs} ms before and must only be retried after ${retryAfterSeconds} s`,
    fix: entry.fix,
  };
}

/** Whether an operation that only reads was called in between. */
function wasLookedUp(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): boolean {
  return between(before, after, exchanges).some(({ operation }) => effectOf(operation) === "read");
}

/** Whether the state that a valid request was rejected for may be another one: a write for the same user succeeded in between. */
function wasStateChanged(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): boolean {
  if (before.violations.length > 0) return false;
  return between(before, after, exchanges).some(
    ({ operation, request, response }) =>
      operation !== undefined &&
      effectOf(operation) !== "read" &&
      response.errorCode === 0 &&
      request.query[appName] === before.request.query[appName] &&
      ownerOf(request.body) === ownerOf(before.request.body),
  );
}

function between(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter(({ index }) => index > before.index && index < after.index);
}

function effectOf(operation: string | undefined): ApiOperation["effect"] | undefined {
  return operations.find(({ operationId }) => operationId === operation)?.effect;
}

function ownerOf(body: unknown): unknown {
  return (Object(body) as Readonly<Record<string, unknown>>)[ownerName];
}

/** Parameters in which two attempts of one call differ. */
const ofAttempt: ReadonlySet<string> = new Set([...drawnNames, signatureName]);

/** Returns what two attempts of one call have in common. */
function identity({ operation, request: { query, prefer, body } }: Exchange): string {
  const parameters = Object.entries(query).filter(([name]) => !ofAttempt.has(name));
  return JSON.stringify([operation, parameters, prefer, body]);
}

/** How many calls back the rule looks. If it compared all calls, 10,000 random numbers would collide by chance in 1 of 90 runs. */
const lookBack = 100;

/** Reports the same random number as in one of the last 100 calls; a retry is a call, too. */
export const randomRepeated: JudgeRule = (exchanges) => drawnNames.flatMap((name) => repeated(name, exchanges));

function repeated(name: string, exchanges: Parameters<JudgeRule>[0]): Violation[] {
  const lastPlace = new Map<string, number>();
  return exchanges.flatMap(({ index, operation, request }, place): Violation[] => {
    const value = request.query[name];
    if (typeof value !== "string" || operation === undefined) return [];
    const before = lastPlace.get(value);
    lastPlace.set(value, place);
    if (before === undefined || place - before > lookBack) return [];
    return [
      {
        side: "request",
        rule: "random-repeated",
        call: index,
        operation,
        in: "query",
        pointer: `/${name}`,
        message: `The query parameter ${name} must be new for each call, but is ${value} as in call ${exchanges[before]?.index}`,
        fix: "Generate it for each attempt from an unsigned 32-bit integer: crypto.getRandomValues(new Uint32Array(1))[0].",
        docs: docsOf(operation),
      },
    ];
  });
}

/** Reports more calls in a span of time than `x-rateLimit` allows, counted for each operation. A burst is reported once, at the first call over the limit. */
export const callRate: JudgeRule = (exchanges) =>
  operations.flatMap(({ operationId, rate: { calls, seconds }, docs }): Violation[] => {
    const own = exchanges.filter(({ operation }) => operation === operationId);
    let oldest = 0;
    let isOver = false;
    return own.flatMap(({ index, startedAt }, place): Violation[] => {
      while (startedAt - (own[oldest]?.startedAt ?? startedAt) >= seconds * 1000) oldest += 1;
      const inSpan = place - oldest + 1;
      const wasOver = isOver;
      isOver = inSpan > calls;
      if (!isOver || wasOver) return [];
      return [
        {
          side: "request",
          rule: "call-rate",
          call: index,
          operation: operationId,
          in: "sequence",
          pointer: "",
          message: `At most ${calls} calls in ${seconds} s are allowed, but this is call ${inSpan}`,
          fix: "Limit the calls per second before they are sent, across all workers.",
          docs,
        },
      ];
    });
  });
