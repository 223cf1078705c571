/** Test data: each operation of the model. */
import { failureNames, type OperationId } from "@contact-groups/openapi/model";
import { catalogue, type ApiOperation, operations } from "../src/operations.ts";

export interface Example {
  readonly name: string;
  readonly value: unknown;
}

export interface TestedOperation extends Omit<ApiOperation, "requests" | "successes"> {
  readonly operationId: OperationId;
  readonly requests: readonly Example[];
  /** Of calls that succeed, then of calls that fail. */
  readonly responses: readonly Example[];
  /** Names of the responses of calls that succeed. */
  readonly successes: readonly string[];
}

/** The failure examples of the error catalogue. */
export const failureExamples: readonly Example[] = catalogue.map(({ name, code, message }) => ({
  name,
  value: { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: message },
}));

export const testedOperations: readonly TestedOperation[] = operations.map((operation) => {
  const names: readonly string[] = failureNames[operation.operationId];
  return {
    ...operation,
    requests: list(operation.requests),
    responses: [...list(operation.successes), ...failureExamples.filter(({ name }) => names.includes(name))],
    successes: Object.keys(operation.successes),
  };
});

function list(examples: Readonly<Record<string, unknown>>): Example[] {
  return Object.entries(examples).map(([name, value]) => ({ name, value }));
}
