import type { ErrorEntry, Operation } from "./catalogue.ts";
import { didYouMean } from "./nearest.ts";
import type { Context, Location, Visitor } from "./redocly.ts";

interface Placed {
  entry: ErrorEntry;
  location: Location;
  report: Context["report"];
}

/**
 * Rule: an entry of the error catalogue can be told from every other, says something in each text, and names operations that exist. That all keys
 * are there, with allowed values, is said by `keyword-types.ts` and checked by Redocly's own rule `struct`.
 */
export function catalogueComplete(): Visitor {
  const placed: Placed[] = [];
  const operationIds = new Set<string>();

  return {
    Operation(operation: Operation): void {
      // Rule operation-complete reports one without a name.
      if (operation.operationId !== undefined) operationIds.add(operation.operationId);
    },
    ErrorEntry(entry: ErrorEntry, { location, report }): void {
      placed.push({ entry, location, report });
      checkTexts(entry, location, report);
    },
    Root: {
      leave(): void {
        const byCode = new Map<number, ErrorEntry>();
        const byName = new Map<string, ErrorEntry>();
        for (const { entry, location, report } of placed) {
          const sameCode = byCode.get(entry.code);
          if (sameCode) {
            report({
              message: `Code ${entry.code} is already the code of \`${sameCode.name}\`. Write one entry per code.`,
              location: location.child(["code"]),
            });
          }
          const sameName = byName.get(entry.name);
          if (sameName) {
            report({
              message: `\`${entry.name}\` is already the name of ${sameName.code}. Give each code a name of its own.`,
              location: location.child(["name"]),
            });
          }
          byCode.set(entry.code, entry);
          byName.set(entry.name, entry);
          const listed = entry.operations === "all" ? [] : (entry.operations ?? []);
          for (const [index, operation] of listed.entries()) {
            if (operationIds.has(operation)) continue;
            report({
              message: `There is no operation \`${operation}\`. Write an operationId.${didYouMean(operation, operationIds)}`,
              location: location.child(["operations", index]),
            });
          }
        }
      },
    },
  };
}

function checkTexts(entry: ErrorEntry, location: Location, report: Context["report"]): void {
  if (entry.name !== undefined && !/^([A-Z][a-z0-9]*)+$/.test(entry.name)) {
    report({
      message: `Name \`${entry.name}\` is not PascalCase. Write it like \`GroupNameTooLong\`: client and docs make their names from it.`,
      location: location.child(["name"]),
    });
  }
  for (const key of ["message", "cause", "fix", "hint"] as const) {
    if (entry[key] === undefined || entry[key].trim() !== "") continue;
    report({
      message: `\`${key}\` of ${entry.code} is empty. Write a sentence, or \`Unknown.\` with a \`note\` that says why.`,
      location: location.child([key]),
    });
  }
  if (entry.operations?.length === 0 && !entry.note?.trim()) {
    report({
      message: `No operation answers ${entry.code}. Say in \`note\` where it comes from and why it is listed.`,
      location: location.child(["operations"]),
    });
  }
}
