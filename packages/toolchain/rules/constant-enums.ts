import type { Visitor } from "./redocly.ts";

interface Schema {
  const?: unknown;
  enum?: readonly unknown[];
}

/**
 * Decorator: writes a `const` as an `enum` of one value. It means the same, and more tools that read the bundle know it: openapi-zod-client takes a failure
 * for a success where there is a `const` alone, and what orval makes for zod does not compile where there are both.
 */
export function constantEnums(): Visitor {
  return {
    Schema: {
      leave(schema: Schema): void {
        if (schema.const === undefined || schema.enum !== undefined) return;
        schema.enum = [schema.const];
        delete schema.const;
      },
    },
  };
}
