import { respondsWith, type CatalogueEntry, type FailureBody, type SourceOperation } from "./error-catalogue.ts";
import type { Context, Location, RuleVisitor } from "./visitor.ts";

interface ListedFailures {
  operationId: string;
  failures: Map<string, number>;
  location: Location;
  report: Context["report"];
}

/**
 * Creates the rule `failure-example-per-code`, for the bundle: an operation has a failure example for each code of the catalogue that lists it, under the entry's name, and
 * no other. Decorator `failure-examples` creates them, so the source has none.
 */
export function failureExamplePerCode(): RuleVisitor {
  const operations: ListedFailures[] = [];
  const entries: CatalogueEntry[] = [];

  return {
    Operation(operation: SourceOperation, { location, report, resolve }): void {
      const examples = operation.responses[200]?.content["application/json"].examples ?? {};
      const failures = new Map<string, number>();
      for (const [name, reference] of Object.entries(examples)) {
        const value = (resolve(reference).node as { value: FailureBody } | undefined)?.value;
        if (value !== undefined && value.ErrorCode !== 0) failures.set(name, value.ErrorCode);
      }
      const at = location.child(["responses", "200", "content", "application/json", "examples"]);
      operations.push({ operationId: operation.operationId, failures, location: at, report });
    },
    ErrorEntry(entry: CatalogueEntry): void {
      entries.push(entry);
    },
    Root: {
      leave(): void {
        for (const { operationId, failures, location, report } of operations) {
          const expected = new Map(
            entries.filter((entry) => respondsWith(operationId, entry)).map((entry) => [entry.name, entry.code]),
          );
          for (const [name, code] of expected) {
            if (failures.get(name) === code) continue;
            report({
              message: `${operationId} has no failure example \`${name}\` with ErrorCode ${code}. Run \`pnpm run bundle\`, which creates it from \`errors/*.yaml\`.`,
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

interface MediaTypeExamples {
  examples?: Record<string, unknown>;
}

/** Creates the rule `success-first`: the examples of a response begin with a success, and failures come after the last success. */
export function successFirst(): RuleVisitor {
  return {
    Response: {
      MediaType(mediaType: MediaTypeExamples, { location, report, resolve }): void {
        const names = Object.keys(mediaType.examples ?? {});
        const isSuccess = (name: string): boolean => {
          const example = resolve(mediaType.examples?.[name]).node as { value?: Partial<FailureBody> } | undefined;
          return example?.value?.ErrorCode === 0;
        };
        const firstFailure = names.findIndex((name) => !isSuccess(name));
        if (names.length === 0 || firstFailure === 0) {
          report({
            message: "The examples of a response begin with a success. Put an example with `ErrorCode: 0` first.",
            location: names.length === 0 ? location.key() : location.child(["examples", names[0]!]).key(),
          });
        }
        if (firstFailure < 1) return;
        for (const name of names.slice(firstFailure).filter(isSuccess)) {
          report({
            message: `Success \`${name}\` is after failure \`${names[firstFailure]}\`. Move it to the other successes.`,
            location: location.child(["examples", name]).key(),
          });
        }
      },
    },
  };
}

/** Creates the rule `only-200-responses`: an operation has the response 200 and no other, because the service responds with 200 to success and failure alike. */
export function only200Responses(): RuleVisitor {
  return {
    Responses(responses: Record<string, unknown>, { location, report }): void {
      if (!Object.hasOwn(responses, "200")) {
        report({
          message:
            "Response 200 is missing. Describe success and failure in it, as a `oneOf` of the OK body and `Failure`.",
          location: location.key(),
        });
      }
      for (const status of Object.keys(responses)) {
        if (status === "200" || status.startsWith("x-")) continue;
        report({
          message: `Response ${status} is not possible: the service responds with HTTP 200 to every request. Describe the failure in \`errors/*.yaml\` with its code.`,
          location: location.child([status]).key(),
        });
      }
    },
  };
}
