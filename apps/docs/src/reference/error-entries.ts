import type { Description, ErrorEntry } from "./openapi-types.ts";

/** All entries of the error catalogue, by ascending code. */
export function errorEntries(description: Description): readonly ErrorEntry[] {
  return Object.values(description["x-errors"])
    .flat()
    .toSorted((one, other) => one.code - other.code);
}
