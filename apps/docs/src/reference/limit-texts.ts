import type { Say } from "../words/words.ts";
import type { FieldRow } from "./field-rows.ts";

/** What bounds a field, a phrase each. */
export function limitTexts({ only, limits }: Pick<FieldRow, "only" | "limits">, say: Say): string[] {
  const { values, minimum, maximum, minItems, maxItems, maxBytes, pattern } = limits;
  return [
    only !== undefined && say("only", { condition: only }),
    values &&
      say(values.length === 1 ? "value" : "values", {
        values: values.map((value) => JSON.stringify(value)).join(", "),
      }),
    minimum !== undefined && maximum !== undefined && say("range", { from: minimum, to: maximum }),
    minimum !== undefined && maximum === undefined && say("atLeast", { from: minimum }),
    itemsText(minItems, maxItems, say),
    maxBytes !== undefined && say("bytes", { bytes: maxBytes }),
    pattern !== undefined && say("pattern", { pattern }),
  ].filter((text) => typeof text === "string");
}

function itemsText(from: number | undefined, to: number | undefined, say: Say): string | undefined {
  if (to !== undefined) return from === undefined ? say("atMostItems", { to }) : say("items", { from, to });
  return from === undefined ? undefined : say("atLeastItems", { from });
}
