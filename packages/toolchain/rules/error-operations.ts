import { type Description, errorEntries } from "./catalogue.ts";
import type { Visitor } from "./redocly.ts";

/** Decorator: writes the operations of the bundle into each entry of the error catalogue that is for `all` of them. */
export function errorOperations(): Visitor {
  return {
    Root: {
      leave(description: Description): void {
        const all = Object.values(description.paths).map((path) => path.post.operationId);
        for (const entry of errorEntries(description)) if (entry.operations === "all") entry.operations = [...all];
      },
    },
  };
}
