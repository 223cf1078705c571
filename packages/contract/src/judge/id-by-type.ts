import { problemsOf } from "./schema.ts";
import type { Rule } from "./violation.ts";

/** A conversation has the id of the other `Type`, both ids, or none: each `Type` is a branch of a `oneOf` with its own id. */
export const idByType: Rule = (exchanges) =>
  problemsOf(
    exchanges,
    ({ rule }) => rule === "oneOf",
    "id-by-type",
    () => "Send exactly the id that belongs to the Type.",
  );
