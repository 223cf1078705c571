import type { Context, Visitor } from "./redocly.ts";

/** Rule: a pattern is a regular expression. Whatever compares an example with it would fail at the example. */
export function validPattern(): Visitor {
  return {
    Schema({ pattern }: { pattern?: string }, { location, report }: Context): void {
      if (pattern === undefined || isPattern(pattern)) return;
      report({
        message:
          "This is not a regular expression of ECMAScript with the flag `u`. Compare its brackets and backslashes.",
        location: location.child(["pattern"]),
      });
    },
  };
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
