import { problemsOf } from "./schema.ts";
import type { Rule } from "./violation.ts";

/** A text is over its limit in UTF-8 bytes, which JSON Schema, and so Prism, can't say. */
export const utf8Bytes: Rule = (exchanges) =>
  problemsOf(
    exchanges,
    ({ rule }) => rule === "x-maxBytes",
    "utf8-bytes",
    () => "Count bytes, not characters: new TextEncoder().encode(text).length.",
  );
