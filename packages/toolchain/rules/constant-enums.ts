import type { Visitor } from "./redocly.ts";

interface Schema {
  const?: unknown;
  enum?: readonly unknown[];
}

/**
 * Decorator: writes a `const` as an `enum` of one value as well. It means the same, and some tools that read the bundle know one of the two only: without
 * it they take a failure for a success.
 */
export function constantEnums(): Visitor {
  return {
    Schema: {
      leave(schema: Schema): void {
        if (schema.const !== undefined) schema.enum ??= [schema.const];
      },
    },
  };
}
