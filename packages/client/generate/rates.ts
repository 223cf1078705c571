import type { Bundle } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toSource } from "./to-source.ts";

/** Renders how often and how patiently operations can be called, and which of them can be repeated. */
export function renderRates(bundle: Bundle): string {
  const operations = Object.values(bundle.paths).map(({ post }) => post);
  const rates = operations.map((operation) => {
    const { calls, seconds } = operation["x-rateLimit"];
    return [operation.operationId, { calls, seconds }] as const;
  });
  const idempotent = operations.map((operation) => [operation.operationId, operation["x-effect"] === "read"] as const);
  const { maximum, unit } = bundle["x-limits"]["serviceTimeout"] ?? {};
  if (maximum === undefined || unit !== "seconds")
    throw new NotSupported(
      "/x-limits/serviceTimeout",
      "limits.yaml has `serviceTimeout` with a `maximum`, and `unit: seconds`: the client's time-out follows from it. Write it.",
    );

  return `import type { OperationId } from "./operations.ts";

/** Calls in a time. */
export interface Rate {
  readonly calls: number;
  readonly seconds: number;
}

/** What an app can call each operation. */
export const operationRates: Readonly<Record<OperationId, Rate>> = ${toSource(Object.fromEntries(rates))};

/** Whether a repeated call of an operation is known to be safe. */
export const idempotentOperations: Readonly<Record<OperationId, boolean>> = ${toSource(Object.fromEntries(idempotent))};

/** Time after which the service gives up on a call, in milliseconds. */
export const serviceTimeoutMs = ${maximum * 1000};
`;
}
