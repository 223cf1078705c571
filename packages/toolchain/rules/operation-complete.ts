import { answers, type ErrorEntry } from "./catalogue.ts";
import type { Context, Location, Visitor } from "./redocly.ts";

interface Body {
  content?: Record<string, { examples?: object; schema?: object } | undefined>;
}

type Operation = Record<string, unknown> & { operationId?: string; responses?: Record<string, Body | undefined> };

interface Seen {
  operationId: string;
  location: Location;
  report: Context["report"];
}

/** What an operation says apart from its bodies, and how to write it. */
const needed: Readonly<Record<string, string>> = {
  operationId: "Write the last segment of the path in camelCase.",
  "x-rateLimit": "Write it with `calls`, `seconds` and `error`.",
  "x-effect":
    "Write what it does to the state: `read`, `create`, `change` or `delete`. Only an operation that reads is repeated by itself.",
};

/**
 * Rule: an operation has all that is made from it: its name, its rate, what it does to the state, its JSON bodies with examples, and its error codes.
 * The service has POST only.
 */
export function operationComplete(): Visitor {
  const operations: Seen[] = [];
  const entries: ErrorEntry[] = [];

  return {
    PathItem(pathItem: Record<string, unknown>, { location, report }): void {
      if (!Object.hasOwn(pathItem, "post"))
        report({
          message: "This path has no `post`: the service is called with POST only. Write it.",
          location: location.key(),
        });
      for (const method of ["get", "put", "patch", "delete", "head", "options", "trace"]) {
        if (!Object.hasOwn(pathItem, method)) continue;
        const message = `The service is called with POST only. Rename \`${method}\` to \`post\`, or remove it.`;
        report({ message, location: location.child([method]).key() });
      }
    },
    Operation(operation: Operation, { location, report, resolve }): void {
      const { operationId } = operation;
      for (const [key, whatToDo] of Object.entries(needed)) {
        if (Object.hasOwn(operation, key)) continue;
        report({
          message: `This operation has no \`${key}\`. ${whatToDo} Where it is there, its indentation puts it into another key.`,
          location: location.key(),
        });
      }
      const bodies = { requestBody: operation["requestBody"], "response 200": operation.responses?.["200"] };
      for (const [name, body] of Object.entries(bodies)) {
        const json = (resolve(body).node as Body | undefined)?.content?.["application/json"];
        // Rule success-first asks for the examples of a response.
        if (json?.schema !== undefined && (name !== "requestBody" || json.examples !== undefined)) continue;
        report({
          message: `The ${name} of this operation has no \`schema\` and \`examples\` under \`content\`, \`application/json\`. Write both, as in its neighbours.`,
          location: location.key(),
        });
      }
      if (operationId !== undefined) operations.push({ operationId, location, report });
    },
    ErrorEntry(entry: ErrorEntry): void {
      entries.push(entry);
    },
    Root: {
      leave(): void {
        for (const { operationId, location, report } of operations) {
          if (entries.some((entry) => answers(operationId, entry))) continue;
          report({
            message: `No error code names \`${operationId}\`. Add it to \`operations\` of each entry in \`errors/*.yaml\` that it can respond with.`,
            location: location.child(["operationId"]),
          });
        }
      },
    },
  };
}
