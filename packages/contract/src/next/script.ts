import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { Redact } from "@contact-groups/core/redact";
import { type ApiOperation, checkCode, operations } from "../operations.ts";
import { failure, type Plan } from "../response.ts";
import { InstructionError, type NextResponse, plan } from "./plan.ts";

/** The responses that a test has planned. */
export interface Script {
  /** Number of instructions so far. */
  readonly step: number;
  next(operation: string, responses: readonly (NextResponse | readonly NextResponse[])[]): void;
  always(operation: string, response: NextResponse): void;
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
    next(name, responses) {
      const operation = operationNamed(name);
      const plans = responses
        .flat()
        .map((response, index) => InstructionError.at(`/responses/${index}`, () => plan(operation, response)));
      queues.set(operation.operationId, [...(queues.get(operation.operationId) ?? []), ...plans]);
      step += 1;
    },
    always(name, response) {
      const operation = operationNamed(name);
      repeated.set(
        operation.operationId,
        InstructionError.at("/response", () => plan(operation, response)),
      );
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
const known: Readonly<Record<string, (value: string | undefined) => NextResponse | undefined>> = {
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
export function preferredResponse(header: string | null): NextResponse | undefined {
  let response: NextResponse | undefined;
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
export function preferredPlan(operation: ApiOperation, header: string | null, redact: Redact): Plan | undefined {
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
