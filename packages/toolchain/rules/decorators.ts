import { respondsWith, type Description, errorEntries, type FailureBody } from "./error-catalogue.ts";
import type { Context, RuleVisitor } from "./visitor.ts";

/** The decorators: what they add to the bundle that is not in the files. */

/**
 * Creates the decorator `failure-examples`: adds one failure example per code of the catalogue, named like the entry, and lists it in the response of
 * every operation that can respond with the code, after the successes.
 */
export function failureExamples(): RuleVisitor {
  return {
    Root: {
      leave(description: Description): void {
        const examples = (description.components.examples ??= {});
        const operations = Object.values(description.paths).map((path) => path.post);
        for (const entry of errorEntries(description)) {
          const value: FailureBody = { ActionStatus: "FAIL", ErrorCode: entry.code, ErrorInfo: entry.message };
          examples[entry.name] = {
            summary: `${entry.code} ${entry.name}`,
            value,
            "x-source": entry.source,
          };
          for (const operation of operations) {
            if (!respondsWith(operation.operationId, entry)) continue;
            operation.responses[200]!.content["application/json"].examples[entry.name] = {
              $ref: `#/components/examples/${entry.name}`,
            };
          }
        }
      },
    },
  };
}

/** Creates the decorator `known-error-codes`: fills the bundle's `KnownErrorCode` with the codes of the catalogue, their names and their messages. */
export function knownErrorCodes(): RuleVisitor {
  return {
    Root: {
      leave(description: Description, { location, report }: Context): void {
        const entries = errorEntries(description);
        const schema = description.components.schemas?.["KnownErrorCode"];
        if (schema === undefined) {
          report({
            message:
              "No schema refers to `KnownErrorCode`, which lists the codes of the catalogue. Refer to it in components/schemas/ErrorCode.yaml.",
            location: location.child(["components"]).key(),
          });
          return;
        }
        Object.assign(schema, {
          enum: entries.map((entry) => entry.code),
          "x-enum-varnames": entries.map((entry) => entry.name),
        });
        describeCodes(description);
      },
    },
  };
}

/** Creates the descriptions of the codes in `KnownErrorCode` from the messages of the catalogue. */
export function describeCodes(description: Description): void {
  const entries = errorEntries(description);
  Object.assign(description.components.schemas!["KnownErrorCode"]!, {
    "x-enumDescriptions": Object.fromEntries(entries.map((entry) => [entry.code, `${entry.name}: ${entry.message}`])),
  });
}

/** Creates the decorator `error-operations`: lists all operations in each entry of the error catalogue whose `operations` is `all`. */
export function errorOperations(): RuleVisitor {
  return {
    Root: {
      leave(description: Description): void {
        const all = Object.values(description.paths).map((path) => path.post.operationId);
        for (const entry of errorEntries(description)) if (entry.operations === "all") entry.operations = [...all];
      },
    },
  };
}

/**
 * Creates the decorator `constant-enums`: replaces a `const` by an `enum` of one value, which means the same and which more tools know. openapi-zod-client accepts a failure
 * as a success where there is only a `const`, and what orval generates for zod does not compile where there are both.
 */
export function constantEnums(): RuleVisitor {
  return {
    Schema: {
      leave(schema: { const?: unknown; enum?: readonly unknown[] }): void {
        if (schema.const === undefined || schema.enum !== undefined) return;
        schema.enum = [schema.const];
        delete schema.const;
      },
    },
  };
}
