import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type Operation, operations } from "../operations.ts";
import { InstructionError, type NextResponse, plan } from "./plan.ts";
import type { Plan } from "../response.ts";

/** The responses that a test has planned. */
export interface Script {
  /** Number of instructions so far. */
  readonly step: number;
  next(operation: string, responses: readonly (NextResponse | readonly NextResponse[])[]): void;
  always(operation: string, response: NextResponse): void;
  /** Removes and returns the response for the operation's next request. */
  take(operation: Operation): Plan | undefined;
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
export function operationNamed(name: unknown): Operation {
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

function namesOf({ operationId, path }: Operation): [command: string, operationId: string, path: string] {
  return [path.slice(path.lastIndexOf("/") + 1), operationId, path];
}
