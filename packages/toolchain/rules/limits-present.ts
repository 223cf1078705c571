import type { Visitor } from "./redocly.ts";

interface Schema {
  type?: string | string[];
  maxLength?: number;
  [keyword: string]: unknown;
}

const bounds = {
  string: ["maxLength", "const", "enum", "x-bound"],
  array: ["maxItems", "x-bound"],
};

/** Rule: every string and every array has a limit, or says in `x-bound` what bounds it. */
export function limitsPresent(): Visitor {
  return {
    Schema(schema: Schema, { location, report }): void {
      for (const [type, keywords] of Object.entries(bounds)) {
        if (![schema.type].flat().includes(type) || keywords.some((keyword) => Object.hasOwn(schema, keyword)))
          continue;
        report({
          message: `This ${type} has no limit. Give it ${keywords.slice(0, -1).map(code).join(", ")} or, where no document limits it, say in ${code("x-bound")} what bounds it.`,
          location: location.key(),
        });
      }
      if (Object.hasOwn(schema, "x-maxBytes") && schema.maxLength === undefined) {
        report({
          message:
            "`x-maxBytes` counts bytes and no validator knows it. Give `maxLength` as well: no string has more characters than bytes.",
          location: location.child(["x-maxBytes"]).key(),
        });
      }
    },
  };
}

function code(keyword: string): string {
  return `\`${keyword}\``;
}
