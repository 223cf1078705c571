import { catalogue, success } from "../src/operations.ts";

/** Returns the code of a name of the catalogue, or of `OK`. Throws a `RangeError` for an unknown name. */
export function codeOf(name: string): number {
  if (name === success) return 0;
  const entry = catalogue.find((it) => it.name === name);
  if (!entry) throw new RangeError(`The error catalogue has no entry called ${JSON.stringify(name)}.`);
  return entry.code;
}
