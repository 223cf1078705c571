import type { Context, RuleVisitor } from "./visitor.ts";

interface LimitedSchema {
  type?: string | string[];
  maxLength?: number;
}

const bounds = {
  string: ["maxLength", "const", "enum", "x-bound"],
  array: ["maxItems", "x-bound"],
};

/** Creates the rule `limits-present`: every string and every array has a limit, or states in `x-bound` what limits it. */
export function limitsPresent(): RuleVisitor {
  return {
    Schema(schema: LimitedSchema, { location, report }): void {
      for (const [type, keywords] of Object.entries(bounds)) {
        if (![schema.type].flat().includes(type) || keywords.some((keyword) => Object.hasOwn(schema, keyword)))
          continue;
        report({
          message: `This ${type} has no limit. Give it ${keywords.slice(0, -1).map(code).join(", ")} or, where no document limits it, state in ${code("x-bound")} what limits it.`,
          location: location.key(),
        });
      }
      if (Object.hasOwn(schema, "x-maxBytes") && schema.maxLength === undefined) {
        report({
          message:
            "`x-maxBytes` counts bytes, and validators do not know it. Add `maxLength` as well: a string never has more characters than bytes.",
          location: location.child(["x-maxBytes"]).key(),
        });
      }
    },
  };
}

function code(keyword: string): string {
  return `\`${keyword}\``;
}

/** Creates the rule `valid-pattern`: a pattern is a valid regular expression. Otherwise every example of the schema would be reported instead. */
export function validPattern(): RuleVisitor {
  return {
    Schema({ pattern }: { pattern?: string }, { location, report }: Context): void {
      if (pattern === undefined || isPattern(pattern)) return;
      report({
        message:
          "This is not a valid ECMAScript regular expression with the flag `u`. Check its brackets and backslashes.",
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

/** Creates the rule `widely-read`: the description avoids keywords that widespread tools cannot read, where others mean the same. */
export function widelyRead(): RuleVisitor {
  return {
    ServerVariable(variable: object, { location, report }): void {
      if (!Object.hasOwn(variable, "description")) return;
      report({
        message:
          "A variable of a server has no `description`: a widespread JSON Schema of OpenAPI 3.1 rejects it. Move it to the `description` of the server.",
        location: location.child(["description"]).key(),
      });
    },
    Schema(schema: object, { location, report }): void {
      if (!Object.hasOwn(schema, "type") || !Object.hasOwn(schema, "anyOf")) return;
      report({
        message:
          "This `anyOf` has a `type` next to it: generators use the type only and ignore the alternatives. Remove it, and write `type` in each alternative.",
        location: location.child(["type"]).key(),
      });
    },
  };
}
