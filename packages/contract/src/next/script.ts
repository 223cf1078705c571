import type { Operation } from "../operations.ts";
import type { NextAnswer } from "./answer.ts";
import { InstructionError } from "./instruction-error.ts";
import { operationNamed } from "./operation-name.ts";
import { plan, type Plan } from "./plan.ts";

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
