import { respondsWith, type CatalogueEntry } from "./error-catalogue.ts";
import type { Context, Location, RuleVisitor } from "./visitor.ts";

interface BodyContent {
  content?: Record<string, { examples?: object; schema?: object } | undefined>;
}

type OperationParts = Record<string, unknown> & {
  operationId?: string;
  "x-idempotent"?: { value?: boolean };
  responses?: Record<string, BodyContent | undefined>;
};

interface NamedOperation {
  operationId: string;
  location: Location;
  report: Context["report"];
}

/** The keys of an operation apart from its bodies, and how to write them. */
const needed: Readonly<Record<string, string>> = {
  operationId: "Write the last segment of the path in camelCase.",
  "x-rateLimit": "Write it with `calls`, `seconds`, `scope` and `error`.",
  "x-effect": "Write what it does to the state: `read`, `create`, `change` or `delete`.",
  "x-idempotent":
    "Write `value`, whether two calls leave the same state as one, and why as its `description`. Clients retry an idempotent operation automatically.",
};

/**
 * Creates the rule `operation-complete`: an operation has everything that other parts are generated from: its name, its rate, its effect, whether it is idempotent, its JSON bodies with examples, and
 * its error codes. The service accepts POST only.
 */
export function operationComplete(): RuleVisitor {
  const operations: NamedOperation[] = [];
  const entries: CatalogueEntry[] = [];

  return {
    PathItem(pathItem: Record<string, unknown>, { location, report }): void {
      if (!Object.hasOwn(pathItem, "post"))
        report({
          message: "This path has no `post`, but the service accepts POST only. Add it.",
          location: location.key(),
        });
      for (const method of ["get", "put", "patch", "delete", "head", "options", "trace"]) {
        if (!Object.hasOwn(pathItem, method)) continue;
        const message = `The service accepts POST only. Rename \`${method}\` to \`post\`, or remove it.`;
        report({ message, location: location.child([method]).key() });
      }
    },
    Operation(operation: OperationParts, { location, report, resolve }): void {
      const { operationId } = operation;
      for (const [key, whatToDo] of Object.entries(needed)) {
        if (Object.hasOwn(operation, key)) continue;
        report({
          message: `This operation has no \`${key}\`. ${whatToDo} If it is there, correct its indentation.`,
          location: location.key(),
        });
      }
      if (operation["x-effect"] === "read" && operation["x-idempotent"]?.value === false)
        report({
          message: "This operation only reads, so it is idempotent. Write `value: true`, or correct `x-effect`.",
          location: location.child(["x-idempotent", "value"]),
        });
      const bodies = { requestBody: operation["requestBody"], "response 200": operation.responses?.["200"] };
      for (const [name, body] of Object.entries(bodies)) {
        const json = (resolve(body).node as BodyContent | undefined)?.content?.["application/json"];
        // Rule `success-first` requires the examples of a response.
        if (json?.schema !== undefined && (name !== "requestBody" || json.examples !== undefined)) continue;
        report({
          message: `The ${name} of this operation has no \`schema\` and \`examples\` under \`content\`, \`application/json\`. Write both, as in the other operations.`,
          location: location.key(),
        });
      }
      if (operationId !== undefined) operations.push({ operationId, location, report });
    },
    ErrorEntry(entry: CatalogueEntry): void {
      entries.push(entry);
    },
    Root: {
      leave(): void {
        for (const { operationId, location, report } of operations) {
          if (entries.some((entry) => respondsWith(operationId, entry))) continue;
          report({
            message: `No error code lists \`${operationId}\`. Add it to \`operations\` of each entry in \`errors/*.yaml\` that it can respond with.`,
            location: location.child(["operationId"]),
          });
        }
      },
    },
  };
}

/** Creates the rule `operation-id-matches-path`: an operationId is the last segment of the path in camelCase, so that each name can be derived from the other. */
export function operationIdMatchesPath(): RuleVisitor {
  return {
    PathItem(pathItem: Record<string, { operationId?: string } | undefined>, { key, location, report }): void {
      const expected = camelCase(String(key).split("/").at(-1)!);
      for (const [method, operation] of Object.entries(pathItem)) {
        const operationId = operation?.operationId;
        if (operationId === undefined || operationId === expected) continue;
        report({
          message: `operationId \`${operationId}\` does not match path \`${key}\`. Write \`${expected}\`.`,
          location: location.child([method, "operationId"]),
        });
      }
    },
  };
}

function camelCase(segment: string): string {
  return segment.replace(/[_-]+(.)/g, (_, letter: string) => letter.toUpperCase());
}
