import { type Description, errorEntries } from "./catalogue.ts";
import type { Visitor } from "./redocly.ts";

/** Decorator: fills the bundle's `KnownErrorCode` with the codes of the catalogue, their names and their messages. */
export function knownErrorCodes(): Visitor {
  return {
    Root: {
      leave(description: Description): void {
        const entries = errorEntries(description);
        Object.assign(description.components.schemas["KnownErrorCode"]!, {
          enum: entries.map((entry) => entry.code),
          "x-enum-varnames": entries.map((entry) => entry.name),
          "x-enumDescriptions": Object.fromEntries(
            entries.map((entry) => [entry.code, `${entry.name}: ${entry.message}`]),
          ),
        });
      },
    },
  };
}
