import type { Context, Visitor } from "./redocly.ts";

/** The type of a keyword, as Redocly describes it. */
interface Keyword {
  name?: string;
  type?: string;
  enum?: readonly unknown[];
}

/** Rule: the keywords of a schema next to its `$ref` have their types. Redocly's rule `struct` looks at what the `$ref` leads to only. */
export function referenceSiblings(): Visitor {
  return {
    ref(node: Record<string, unknown>, { location, report, type }: Context): void {
      if (type.name !== "Schema") return;
      for (const [keyword, value] of Object.entries(node)) {
        const declared = type.properties[keyword];
        const expected = Object(typeof declared === "function" ? declared(value, keyword) : declared) as Keyword;
        if (expected.name !== undefined || fits(value, expected)) continue;
        const wanted =
          expected.enum?.map((one) => `\`${String(one)}\``).join(", ") ?? `a value of type ${expected.type}`;
        report({
          message: `\`${keyword}\` has a wrong value. Write ${expected.enum ? "one of " : ""}${wanted}.`,
          location: location.child([keyword]),
        });
      }
    },
  };
}

function fits(value: unknown, { type, enum: values }: Keyword): boolean {
  if (values !== undefined) return values.includes(value);
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return type === undefined || typeof value === type;
}
