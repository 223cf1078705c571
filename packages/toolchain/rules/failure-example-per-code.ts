import { answers, type ErrorEntry, type Failure, type Operation } from "./catalogue.ts";
import type { Context, Location, Visitor } from "./redocly.ts";

interface Seen {
  operationId: string;
  failures: Map<string, number>;
  location: Location;
  report: Context["report"];
}

/**
 * Rule for the bundle: an operation shows a failure for each code of the catalogue that names it, under the entry's name, and no other.
 * Decorator `failure-examples` makes them, so the source has none.
 */
export function failureExamplePerCode(): Visitor {
  const operations: Seen[] = [];
  const entries: ErrorEntry[] = [];

  return {
    Operation(operation: Operation, { location, report, resolve }): void {
      const examples = operation.responses[200]?.content["application/json"].examples ?? {};
      const failures = new Map<string, number>();
      for (const [name, reference] of Object.entries(examples)) {
        const value = (resolve(reference).node as { value: Failure } | undefined)?.value;
        if (value?.ActionStatus === "FAIL") failures.set(name, value.ErrorCode);
      }
      const at = location.child(["responses", "200", "content", "application/json", "examples"]);
      operations.push({ operationId: operation.operationId, failures, location: at, report });
    },
    ErrorEntry(entry: ErrorEntry): void {
      entries.push(entry);
    },
    Root: {
      leave(): void {
        for (const { operationId, failures, location, report } of operations) {
          const expected = new Map(
            entries.filter((entry) => answers(operationId, entry)).map((entry) => [entry.name, entry.code]),
          );
          for (const [name, code] of expected) {
            if (failures.get(name) === code) continue;
            report({
              message: `${operationId} has no failure example \`${name}\` with ErrorCode ${code}. Run \`pnpm bundle\`: it makes them from \`errors/*.yaml\`.`,
              location: location.key(),
            });
          }
          for (const [name, code] of failures) {
            if (expected.has(name)) continue;
            report({
              message: `The catalogue has no \`${name}\` (${code}) for ${operationId}. Add ${operationId} to the entry's \`operations\` in \`errors/*.yaml\` and bundle again.`,
              location: location.child([name]).key(),
            });
          }
        }
      },
    },
  };
}
