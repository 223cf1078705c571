import type { Visitor } from "./redocly.ts";

/** Rule: an operationId is the last segment of the path in camelCase, so each name leads to the other. */
export function operationIdMatchesPath(): Visitor {
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
