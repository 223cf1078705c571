import type { ErrorEntry } from "./catalogue.ts";
import type { Context, Location, Visit, Visitor } from "./redocly.ts";

interface Named {
  code: number;
  location: Location;
  report: Context["report"];
}

/** The fields of a response that hold a code; 0 is success. */
const codeFields = new Set(["ErrorCode", "ResultCode"]);

/**
 * Rule: a code that a limit, a check, `x-errorCodes` or an example names is in the catalogue, and `x-errorCodes` names keywords that are there.
 */
export function errorCodesKnown(): Visitor {
  const known = new Set<number>();
  const named: Named[] = [];
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
          message: `\`x-errorCodes\` gives \`${keyword}\` a code, but nothing here says \`${keyword}\`. Add the keyword or remove its code.`,
          location: location.child([keyword]).key(),
        });
      }
    },
    Example(example: { value?: unknown }, { location, report }): void {
      for (const [path, code] of codesIn(example.value, ["value"]))
        named.push({ code, location: location.child(path), report });
    },
    ErrorEntry(entry: ErrorEntry): void {
      known.add(entry.code);
    },
    Root: {
      leave(): void {
        for (const { code, location, report } of named) {
          if (known.has(code)) continue;
          report({
            message: `Code ${code} is not in the catalogue. Add it to \`errors/*.yaml\`, or write a code that is there.`,
            location,
          });
        }
      },
    },
  };
}

/** The codes in the value of an example, each with its path. */
function codesIn(node: unknown, path: string[]): [string[], number][] {
  return Object.entries(Object(node) as Record<string, unknown>).flatMap(([key, value]): [string[], number][] => {
    if (codeFields.has(key)) return typeof value === "number" && value !== 0 ? [[[...path, key], value]] : [];
    return typeof value === "object" ? codesIn(value, [...path, key]) : [];
  });
}

/** The keywords that a schema, a parameter or a security scheme can break. */
function keywordsOf(holder: Record<string, unknown>, resolve: Context["resolve"]): string[] {
  if (!Object.hasOwn(holder, "in")) return Object.keys(holder);
  const schema = resolve(holder["schema"] ?? holder["x-schema"]).node;
  return ["required", ...Object.keys(schema ?? {})];
}
