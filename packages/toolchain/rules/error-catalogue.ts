import type { BundledError } from "../model/bundle.ts";
import { didYouMean } from "./nearest.ts";
import type { Context, Location, Visit, RuleVisitor } from "./visitor.ts";

/** The rules for the error catalogue, and its types as the rules read them. */

/** An operation of the description, as far as the rules read it. */
export interface SourceOperation {
  operationId: string;
  responses: { 200?: { content: { "application/json": { examples: Record<string, unknown> } } } };
}

/** A response body of a failed call. */
export interface FailureBody {
  ActionStatus: "FAIL";
  ErrorCode: number;
  ErrorInfo: string;
}

/** One entry of `errors/*.yaml`. */
export interface CatalogueEntry extends Omit<BundledError, "operations"> {
  /** The operations that can respond with it, or `all`, which the bundle has as a list. */
  operations: string[] | "all";
}

/** The root of the bundle, as far as the decorators read it. */
export interface Description {
  paths: Record<string, { post: SourceOperation }>;
  components: {
    examples?: Record<string, unknown>;
    schemas?: Record<string, Record<string, unknown>>;
  };
  "x-errors": Record<string, CatalogueEntry[]>;
}

/** Returns whether an operation can respond with an entry's code. */
export function respondsWith(operationId: string, { operations }: CatalogueEntry): boolean {
  return operations === "all" || operations.includes(operationId);
}

/** Returns every entry of the error catalogue, in the order of the files. */
export function errorEntries(description: Description): CatalogueEntry[] {
  return Object.values(description["x-errors"]).flat();
}

interface PlacedEntry {
  entry: CatalogueEntry;
  location: Location;
  report: Context["report"];
}

/**
 * Creates the rule `catalogue-complete`: an entry of the error catalogue has a code and a name of its own, no empty text, and names operations that exist. `keywords.ts`
 * declares its keys and their values, which Redocly's own rule `struct` checks.
 */
export function catalogueComplete(): RuleVisitor {
  const placed: PlacedEntry[] = [];
  const operationIds = new Set<string>();

  return {
    Operation(operation: SourceOperation): void {
      // Rule `operation-complete` reports an operation without a name.
      if (operation.operationId !== undefined) operationIds.add(operation.operationId);
    },
    ErrorEntry(entry: CatalogueEntry, { location, report }): void {
      placed.push({ entry, location, report });
      checkTexts(entry, location, report);
    },
    Root: {
      leave(): void {
        const byCode = new Map<number, CatalogueEntry>();
        const byName = new Map<string, CatalogueEntry>();
        for (const { entry, location, report } of placed) {
          const sameCode = byCode.get(entry.code);
          if (sameCode) {
            report({
              message: `Code ${entry.code} is also the code of \`${sameCode.name}\`. Write one entry per code.`,
              location: location.child(["code"]),
            });
          }
          const sameName = byName.get(entry.name);
          if (sameName) {
            report({
              message: `\`${entry.name}\` is also the name of ${sameName.code}. Give each code its own name.`,
              location: location.child(["name"]),
            });
          }
          byCode.set(entry.code, entry);
          byName.set(entry.name, entry);
          const listed = entry.operations === "all" ? [] : (entry.operations ?? []);
          for (const [index, operation] of listed.entries()) {
            if (operationIds.has(operation)) continue;
            report({
              message: `No operation is named \`${operation}\`. Write an existing operationId.${didYouMean(operation, operationIds)}`,
              location: location.child(["operations", index]),
            });
          }
        }
      },
    },
  };
}

function checkTexts(entry: CatalogueEntry, location: Location, report: Context["report"]): void {
  if (entry.name !== undefined && !/^([A-Z][a-z0-9]*)+$/.test(entry.name)) {
    report({
      message: `Name \`${entry.name}\` is not PascalCase. Write it like \`GroupNameTooLong\`: the client and the docs use it as a name.`,
      location: location.child(["name"]),
    });
  }
  for (const key of ["title", "message", "cause", "fix", "hint"] as const) {
    if (entry[key] === undefined || entry[key].trim() !== "") continue;
    const wanted =
      key === "title" ? "what happened, in a few words" : "a sentence, or `Unknown.` and the reason in `note`";
    report({
      message: `\`${key}\` of ${entry.code} is empty. Write ${wanted}.`,
      location: location.child([key]),
    });
  }
  if (entry.operations?.length === 0 && !entry.note?.trim()) {
    report({
      message: `No operation responds with ${entry.code}. State in \`note\` where the code comes from and why it is listed.`,
      location: location.child(["operations"]),
    });
  }
}

/** Creates the rule `all-operations`, for the source: an entry that is for every operation has `operations: all`, so that it includes a new one. The bundle has the list. */
export function allOperations(): RuleVisitor {
  const operationIds = new Set<string>();
  const lists: { entry: CatalogueEntry; location: Location; report: Context["report"] }[] = [];

  return {
    Operation({ operationId }: SourceOperation): void {
      operationIds.add(operationId);
    },
    ErrorEntry(entry: CatalogueEntry, { location, report }): void {
      lists.push({ entry, location, report });
    },
    Root: {
      leave(): void {
        for (const { entry, location, report } of lists) {
          const listed = new Set(entry.operations === "all" ? [] : entry.operations);
          if (listed.size < 2 || [...operationIds].some((id) => !listed.has(id))) continue;
          report({
            message: `${entry.code} lists every operation. Write \`operations: all\`, which includes a new one too.`,
            location: location.child(["operations"]),
          });
        }
      },
    },
  };
}

interface NamedCode {
  code: number;
  location: Location;
  report: Context["report"];
}

/** The fields of a response that hold a code; 0 is success. */
const codeFields = new Set(["ErrorCode", "ResultCode"]);

/**
 * Creates the rule `error-codes-known`: a code that a limit, a request check, `x-errorCodes` or an example uses is in the catalogue, and `x-errorCodes` lists keywords that exist.
 */
export function errorCodesKnown(): RuleVisitor {
  const known = new Set<number>();
  const named: NamedCode[] = [];
  const oneCode: Visit = (node: { error: number }, { location, report }) => {
    named.push({ code: node.error, location: location.child(["error"]), report });
  };

  return {
    Limit: oneCode,
    RequestCheck: oneCode,
    RateLimit: oneCode,
    ErrorCodes(codes: Record<string, number>, { location, parent, report, resolve }): void {
      const keywords = keywordsOf(parent as Record<string, unknown>, resolve);
      for (const [keyword, code] of Object.entries(codes)) {
        named.push({ code, location: location.child([keyword]), report });
        if (keywords.includes(keyword)) continue;
        report({
          message: `\`x-errorCodes\` has a code for \`${keyword}\`, but \`${keyword}\` is missing here. Add the keyword, or remove its code.`,
          location: location.child([keyword]).key(),
        });
      }
    },
    Example(example: { value?: unknown }, { location, report }): void {
      for (const [path, code] of codesIn(example.value, ["value"]))
        named.push({ code, location: location.child(path), report });
    },
    ErrorEntry(entry: CatalogueEntry): void {
      known.add(entry.code);
    },
    Root: {
      leave(): void {
        for (const { code, location, report } of named) {
          if (known.has(code)) continue;
          report({
            message: `Code ${code} is not in the catalogue. Add it to \`errors/*.yaml\`, or write a code of the catalogue.`,
            location,
          });
        }
      },
    },
  };
}

/** Returns the codes in the value of an example, each with its path. */
function codesIn(node: unknown, path: string[]): [string[], number][] {
  return Object.entries(Object(node) as Record<string, unknown>).flatMap(([key, value]): [string[], number][] => {
    if (codeFields.has(key)) return typeof value === "number" && value !== 0 ? [[[...path, key], value]] : [];
    return typeof value === "object" ? codesIn(value, [...path, key]) : [];
  });
}

/** Returns the keywords of a schema, a parameter or a security scheme that a value can violate. */
function keywordsOf(holder: Record<string, unknown>, resolve: Context["resolve"]): string[] {
  if (!Object.hasOwn(holder, "in")) return Object.keys(holder);
  const schema = resolve(holder["schema"] ?? holder["x-schema"]).node;
  return ["required", ...Object.keys(schema ?? {})];
}
