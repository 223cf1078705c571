import type { Context, RuleVisitor } from "./visitor.ts";

/** The type of a keyword, as Redocly describes it. */
interface KeywordType {
  name?: string;
  type?: string;
  enum?: readonly unknown[];
}

/** Creates the rule `reference-siblings`: the keywords of a schema next to its `$ref` have the right types. Redocly's rule `struct` checks only the schema that the `$ref` refers to. */
export function referenceSiblings(): RuleVisitor {
  return {
    ref(node: Record<string, unknown>, { location, report, type }: Context): void {
      if (type.name !== "Schema") return;
      for (const [keyword, value] of Object.entries(node)) {
        const declared = type.properties[keyword];
        const expected = Object(typeof declared === "function" ? declared(value, keyword) : declared) as KeywordType;
        if (expected.name !== undefined || fits(value, expected)) continue;
        const wanted =
          expected.enum?.map((one) => `\`${String(one)}\``).join(", ") ?? `a value of type ${expected.type}`;
        report({
          message: `\`${keyword}\` has an invalid value. Write ${expected.enum ? "one of " : ""}${wanted}.`,
          location: location.child([keyword]),
        });
      }
    },
  };
}

function fits(value: unknown, { type, enum: values }: KeywordType): boolean {
  if (values !== undefined) return values.includes(value);
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return type === undefined || typeof value === type;
}

/** Creates the rule `reference-names-file`, for the source: a `$ref` names a file. Otherwise it refers to itself, or to a component that has no file. */
export function referenceNamesFile(): RuleVisitor {
  return {
    ref(node: { $ref: string }, { location, report }: Context): void {
      if (/^[^#]+\.(yaml|md)(#\/.+)?$/.test(node.$ref)) return;
      report({
        message: `\`${node.$ref}\` is not the path of a file. Write the path of the component's file, such as \`../components/schemas/UserId.yaml\`.`,
        location: location.child(["$ref"]),
      });
    },
  };
}
