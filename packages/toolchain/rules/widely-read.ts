import type { Visitor } from "./redocly.ts";

/** Rule: the description says nothing in a way that tools which read the bundle are known to trip over, where another way says the same. */
export function widelyRead(): Visitor {
  return {
    ServerVariable(variable: object, { location, report }): void {
      if (!Object.hasOwn(variable, "description")) return;
      report({
        message:
          "A variable of a server has no `description`: tools that check the bundle by a widespread schema of OpenAPI 3.1 refuse it. Say it in the `description` of the server.",
        location: location.child(["description"]).key(),
      });
    },
    Schema(schema: object, { location, report }): void {
      if (!Object.hasOwn(schema, "type") || !Object.hasOwn(schema, "anyOf")) return;
      report({
        message:
          "There is a `type` beside this `anyOf`: generators make a schema of the type alone, and call the alternatives on it. Remove it, and write `type` in each alternative.",
        location: location.child(["type"]).key(),
      });
    },
  };
}
