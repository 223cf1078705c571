import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type Operation, operations } from "../operations.ts";
import { InstructionError, type NextAnswer, plan } from "./plan.ts";
import type { Plan } from "../response.ts";

/** The answers that a test has asked for. */
export interface Script {
  /** Number of instructions so far. */
  readonly step: number;
  next(operation: string, answers: readonly (NextAnswer | readonly NextAnswer[])[]): void;
  always(operation: string, answer: NextAnswer): void;
  /** Takes the answer for the operation's next request. */
  take(operation: Operation): Plan | undefined;
  reset(): void;
}

export function createScript(): Script {
  const queues = new Map<string, Plan[]>();
  const standing = new Map<string, Plan>();
  let step = 0;
  return {
    get step() {
      return step;
    },
    next(name, answers) {
      const operation = operationNamed(name);
      const plans = answers
        .flat()
        .map((answer, index) => InstructionError.at(`/answers/${index}`, () => plan(operation, answer)));
      queues.set(operation.operationId, [...(queues.get(operation.operationId) ?? []), ...plans]);
      step += 1;
    },
    always(name, answer) {
      const operation = operationNamed(name);
      standing.set(
        operation.operationId,
        InstructionError.at("/answer", () => plan(operation, answer)),
      );
      step += 1;
    },
    take: ({ operationId }) => queues.get(operationId)?.shift() ?? standing.get(operationId),
    reset() {
      queues.clear();
      standing.clear();
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
