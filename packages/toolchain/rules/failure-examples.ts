import { answers, type Description, errorEntries, type Failure } from "./catalogue.ts";
import type { Visitor } from "./redocly.ts";

/**
 * Decorator: gives the bundle one failure example per code of the catalogue, named as the entry, and lists it in the response of
 * every operation the code can come from, after the operation's successes.
 */
export function failureExamples(): Visitor {
  return {
    Root: {
      leave(description: Description): void {
        const examples = (description.components.examples ??= {});
        const operations = Object.values(description.paths).map((path) => path.post);
        for (const entry of errorEntries(description)) {
          const value: Failure = { ActionStatus: "FAIL", ErrorCode: entry.code, ErrorInfo: entry.message };
          examples[entry.name] = {
            summary: `${entry.code} ${entry.name}`,
            value,
            "x-source": entry.source,
          };
          for (const operation of operations) {
            if (!answers(operation.operationId, entry)) continue;
            operation.responses[200]!.content["application/json"].examples[entry.name] = {
              $ref: `#/components/examples/${entry.name}`,
            };
          }
        }
      },
    },
  };
}
