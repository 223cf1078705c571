import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { Redact } from "@contact-groups/core/redact";
import { type ApiOperation, checkCode, operations } from "../operations.ts";
import { failure, type Plan } from "../response.ts";
import { InstructionError, type PlannedResponse, plan } from "./plan.ts";

/** Options of `plan`. */
export interface PlanOptions {
  /**
   * How often the responses are used, one after the other: a positive integer, or `always` until `reset`.
   *
   * @default 1
   */
  readonly times?: number | "always";
}

/** The responses that a test has planned. */
export interface Script {
  /** Number of instructions so far. */
  readonly step: number;
  plan(operation: string, responses: PlannedResponse | readonly PlannedResponse[], options?: PlanOptions): void;
  /** Removes and returns the response for the operation's next request. */
  take(operation: ApiOperation): Plan | undefined;
  reset(): void;
}

export function createScript(): Script {
  const queues = new Map<string, Plan[]>();
  const repeated = new Map<string, Plan>();
  let step = 0;
  return {
    get step() {
      return step;
    },
    plan(name, responses, { times = 1 } = {}) {
      const operation = operationNamed(name);
      const list = Array.isArray(responses)
        ? (responses as readonly PlannedResponse[])
        : [responses as PlannedResponse];
      const plans = list.map((response, index) =>
        InstructionError.at(Array.isArray(responses) ? `/responses/${index}` : "/responses", () =>
          plan(operation, response),
        ),
      );
      const [first] = plans;
      if (times === "always" && first) repeated.set(operation.operationId, first);
      else queues.set(operation.operationId, [...(queues.get(operation.operationId) ?? []), ...plans]);
      step += 1;
    },
    take: ({ operationId }) => queues.get(operationId)?.shift() ?? repeated.get(operationId),
    reset() {
      queues.clear();
      repeated.clear();
      step += 1;
    },
  };
}

/** Finds an operation by its `operationId`, by the last part of its path, or by its path. Throws an `InstructionError` that lists the names. */
export function operationNamed(name: unknown): ApiOperation {
  const found = operations.find((operation) => namesOf(operation).some((known) => known === name));
  if (found) return found;
  const known = operations.flatMap(namesOf);
  const meant = typeof name === "string" ? didYouMean(name, known) : undefined;
  throw new InstructionError(
    "/operation",
    `The operation must be one of ${operations.map((operation) => namesOf(operation)[0]).join(", ")}, but is ${JSON.stringify(name) ?? "missing"}.` +
      (meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`),
  );
}

function namesOf({ operationId, path }: ApiOperation): [command: string, operationId: string, path: string] {
  return [path.slice(path.lastIndexOf("/") + 1), operationId, path];
}

const preference = /^\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/;

/** The supported preferences as responses of `api.next`. */
const known: Readonly<Record<string, (value: string | undefined) => PlannedResponse | undefined>> = {
  example: (value) => (value ? { example: value } : undefined),
  error: (value) => (value ? { error: value } : undefined),
  status: (value) => (value ? { status: Number(value) } : undefined),
  reset: () => ({ reset: true }),
  truncate: (value) => ({ truncate: value ? Number(value) : true }),
  delay: (value) => (value ? { delayMs: Number(value) } : undefined),
};

/**
 * Returns the response that a `Prefer` header requests (RFC 7240, section 2): `example=OnlyPage`, `error=51007`, `status=502`, `reset`,
 * `truncate`, `truncate=20`, `delay=500` (milliseconds), one or several of them, with or without quotes. Other preferences are ignored,
 * and so is a second one of the same name.
 */
export function preferredResponse(header: string | undefined): PlannedResponse | undefined {
  let response: PlannedResponse | undefined;
  const seen = new Set<string>();
  for (const part of header?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const [, name = "", quoted, token] = preference.exec(part) ?? [];
    const lower = name.toLowerCase();
    if (!Object.hasOwn(known, lower) || seen.has(lower)) continue;
    const wanted = known[lower]?.(quoted?.replaceAll(/\\(.)/g, "$1") ?? token);
    if (!wanted) continue;
    seen.add(lower);
    response = { ...response, ...wanted };
  }
  return response;
}

/** Returns the plan of a `Prefer` header, or a failure that describes its violation. */
export function preferredPlan(operation: ApiOperation, header: string | undefined, redact: Redact): Plan | undefined {
  const response = preferredResponse(header);
  if (!response) return undefined;
  try {
    return plan(operation, response);
  } catch (error) {
    if (!(error instanceof InstructionError)) throw error;
    const content = { body: failure({ code: checkCode("body"), info: redact(error.message) }), example: undefined };
    return { content, reset: false, truncate: undefined, delayMs: 0, headers: {} };
  }
}
