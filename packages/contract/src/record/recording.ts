import { createHash } from "node:crypto";
import { type Clean, mask, type Redact } from "@contact-groups/core/redact";
import { judge } from "../judge/judge.ts";
import { type HeaderFields, headerMap } from "../message.ts";
import { cleaner, type ApiOperation, signatures } from "../operations.ts";
import type { Body } from "../body.ts";
import type { CheckedRequest } from "../request-checks.ts";
import type { ChosenResponse } from "../response.ts";
import type { Exchange, RecordedResponse, RecordedRequest, ResponseViolation } from "./exchange.ts";
import type { PrismVerdict } from "../prism.ts";
import { addJudged, type Judged, judgedOf, toKeep } from "../verdict.ts";

/** A call in progress. */
export interface CallInProgress {
  readonly index: number;
  readonly startedAt: number;
  /** Indexes of the calls that were in progress when this one arrived. */
  readonly overlaps?: readonly number[];
  readonly step: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Values that no record may have: the UserSigs of the query, then the key of the app if it is known. */
  readonly secrets: readonly string[];
  readonly headers: HeaderFields;
  readonly prefer: string | undefined;
  readonly operation: ApiOperation | undefined;
  /** Undefined when it was not read, `broken` when it ended early. */
  body?: Body | "broken";
  checked?: CheckedRequest;
  chosen?: ChosenResponse;
  responseViolations?: readonly ResponseViolation[] | undefined;
  chosenBy: RecordedResponse["chosenBy"];
  /** The caller disconnected before the response. */
  isLost?: boolean;
}

const mostRequestViolations = 500;
const mostViolations = 20;

/** Creates the redacted record of a call that has ended. Violations and verdicts repeat no credential, as in responses. */
export function toExchange(call: CallInProgress, endedAt: number, recording: Recording, redact: Redact): Exchange {
  const { index, startedAt, overlaps = [], step, operation, checked } = call;
  const { violations = [], verdict: whole } = checked ?? {};
  const [userSig] = signatures(call.query);
  const clean = cleaner(call.secrets);
  const verdict: PrismVerdict | undefined = whole && {
    status: whole.status,
    violations: whole.violations.slice(0, mostViolations).map(({ location, code, message }) => ({
      location: location.map((part) => redact(part)),
      code,
      message: redact(message),
    })),
  };
  return {
    index,
    operation: operation?.operationId,
    request: recordedRequest(call, clean, userSig === undefined ? undefined : recording.userSigNumber(userSig)),
    step,
    verdict,
    violations: violations
      .slice(0, mostRequestViolations)
      .map((violation) => ({ ...violation, pointer: redact(violation.pointer), message: redact(violation.message) })),
    response: recordedResponse(call, clean),
    startedAt,
    durationMs: endedAt - startedAt,
    ...(call.isLost && { isLost: true }),
    ...(overlaps.length > 0 && { overlaps }),
  };
}

function recordedRequest(call: CallInProgress, clean: Clean, userSig: number | undefined): RecordedRequest {
  const { method, path, query, headers, prefer, body, checked } = call;
  // A large body is kept only if it is valid: its violations are recorded.
  const isKept = checked?.verdict !== undefined || checked?.violations.length === 0;
  return {
    method,
    path: clean.text(path),
    query: clean.query(query),
    userSig,
    headers: recordedHeaders(headers, clean),
    prefer: prefer && clean.text(prefer),
    bodyKind: body === undefined ? "empty" : body === "broken" ? "broken" : body.kind,
    body: typeof body === "object" && body.kind === "json" && isKept ? clean.body(body.value, body.text) : undefined,
  };
}

/** Header fields with credentials of any kind. */
const secretHeaders: ReadonlySet<string> = new Set(["authorization", "cookie", "set-cookie", "proxy-authorization"]);

/** Returns header fields without credentials. */
export function recordedHeaders(headers: HeaderFields, clean: Clean): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headerMap(headers)).map(([name, value]) => [
      clean.text(name),
      secretHeaders.has(name) ? mask : clean.text(value),
    ]),
  );
}

function recordedResponse(
  { chosen, chosenBy, responseViolations: violations = [], isLost = false }: CallInProgress,
  clean: Clean,
): RecordedResponse {
  const nothing = {
    status: undefined,
    headers: {},
    violations: [],
    body: undefined,
    errorCode: undefined,
    example: undefined,
  };
  if (!chosen) return { ...nothing, chosenBy, faults: [] };
  const headers = chosen.recorded.status === undefined ? [] : chosen.response.headers;
  const { body } = chosen.recorded;
  // A body of the description can repeat what the request had in a field.
  const json = body === undefined ? undefined : JSON.stringify(body);
  const isClean = json === undefined || clean.text(json) === json;
  return {
    ...chosen.recorded,
    headers: recordedHeaders(headers, clean),
    violations: violations.map((violation) => ({ ...violation, message: clean.text(violation.message) })),
    ...(isClean ? {} : { body: clean.body(body, json) }),
    ...(isLost && nothing),
    chosenBy,
  };
}

/** The calls of a contract since the last reset. */
export interface Recording {
  /** Returns the index of a request that arrives, and the indexes of the calls in progress. */
  arrive(): Required<Pick<CallInProgress, "index" | "overlaps">>;
  /** Returns the number of a UserSig, which itself is not kept. */
  userSigNumber(userSig: string): number;
  /** Adds a call that has ended. */
  add(exchange: Exchange): void;
  /** All calls that have ended, in the order in which they arrived. */
  readonly exchanges: readonly Exchange[];
  /** How many of the oldest calls are no longer there. */
  readonly forgotten: number;
  /** How many calls have not ended yet. */
  readonly pending: number;
}

/** Maximum number of calls in progress that a call names. */
const mostOverlaps = 100;

/** Maximum number of UserSigs that are known at a time: a program can sign each call with a new one. */
const mostUserSigs = 10_000;

export function createRecording(most: number, append?: (exchange: Exchange) => void): Recording {
  const exchanges: Exchange[] = [];
  const userSigs = new Map<string, number>();
  let signed = 0;
  let arrived = 0;
  let forgotten = 0;
  const inProgress = new Set<number>();
  return {
    exchanges,
    arrive() {
      const overlaps = [...inProgress].slice(-mostOverlaps);
      const index = arrived++;
      inProgress.add(index);
      return { index, overlaps };
    },
    userSigNumber(userSig) {
      const hash = createHash("sha256").update(userSig).digest("base64");
      const known = userSigs.get(hash);
      if (known !== undefined) return known;
      userSigs.set(hash, ++signed);
      const [oldest = ""] = userSigs.keys();
      if (userSigs.size > mostUserSigs) userSigs.delete(oldest);
      return signed;
    },
    add(exchange) {
      inProgress.delete(exchange.index);
      let place = exchanges.length;
      while (place > 0 && (exchanges[place - 1]?.index ?? 0) > exchange.index) place -= 1;
      exchanges.splice(place, 0, exchange);
      if (exchanges.length > most) {
        exchanges.shift();
        forgotten += 1;
      }
      append?.(exchange);
    },
    get forgotten() {
      return forgotten;
    },
    get pending() {
      return inProgress.size;
    },
  };
}

/** Keeps the violations of recordings that a reset has ended; the calls themselves are not kept. */
export interface History {
  /** Ends a recording. */
  end(recording: Recording): void;
  /** The result of the calls before the last reset, with the violations of both sides. */
  readonly past: Judged;
  /** Whether all calls before the last reset have ended. */
  readonly isSettled: boolean;
}

export function createHistory(): History {
  let known = judgedOf([], []);
  /** Recordings with open calls, which cannot be judged yet. */
  let open: readonly Recording[] = [];

  function add(before: Judged, { exchanges, forgotten }: Recording): Judged {
    const violations = judge(exchanges, { sides: ["request", "response"] });
    const sum = addJudged(before, judgedOf(exchanges, violations, { forgotten }));
    return { ...sum, violations: toKeep(sum.violations) };
  }

  return {
    end(recording) {
      const all = [...open, recording];
      known = all.filter(({ pending }) => pending === 0).reduce(add, known);
      open = all.filter(({ pending }) => pending > 0);
    },
    get past() {
      return open.reduce(add, known);
    },
    get isSettled() {
      return open.every(({ pending }) => pending === 0);
    },
  };
}
