import type { ErrorEntry, Operation } from "./catalogue.ts";
import type { Context, Location, Visitor } from "./redocly.ts";

/** Rule for the source: an entry of the error catalogue that is for every operation says `all`, so that it holds for a new one. The bundle has the list. */
export function allOperations(): Visitor {
  const operationIds = new Set<string>();
  const lists: { entry: ErrorEntry; location: Location; report: Context["report"] }[] = [];

  return {
    Operation({ operationId }: Operation): void {
      operationIds.add(operationId);
    },
    ErrorEntry(entry: ErrorEntry, { location, report }): void {
      lists.push({ entry, location, report });
    },
    Root: {
      leave(): void {
        for (const { entry, location, report } of lists) {
          const listed = new Set(entry.operations === "all" ? [] : entry.operations);
          if (listed.size < 2 || [...operationIds].some((id) => !listed.has(id))) continue;
          report({
            message: `${entry.code} lists every operation. Write \`operations: all\`, which holds for a new one too.`,
            location: location.child(["operations"]),
          });
        }
      },
    },
  };
}
