import { type Description, errorEntries } from "./catalogue.ts";
import type { Context, Visitor } from "./redocly.ts";

/** Decorator: fills the bundle's `KnownErrorCode` with the codes of the catalogue, their names and their messages. */
export function knownErrorCodes(): Visitor {
  return {
    Root: {
      leave(description: Description, { location, report }: Context): void {
        const entries = errorEntries(description);
        const schema = description.components.schemas?.["KnownErrorCode"];
        if (schema === undefined) {
          report({
            message:
              "No schema refers to `KnownErrorCode`, which lists the codes of the catalogue. Refer to it in components/schemas/ErrorCode.yaml.",
            location: location.child(["components"]).key(),
          });
          return;
        }
        Object.assign(schema, {
          enum: entries.map((entry) => entry.code),
          "x-enum-varnames": entries.map((entry) => entry.name),
        });
        describeCodes(description);
      },
    },
  };
}

/** Makes the descriptions of the codes in `KnownErrorCode` from the messages of the catalogue. */
export function describeCodes(description: Description): void {
  const entries = errorEntries(description);
  Object.assign(description.components.schemas!["KnownErrorCode"]!, {
    "x-enumDescriptions": Object.fromEntries(entries.map((entry) => [entry.code, `${entry.name}: ${entry.message}`])),
  });
}
