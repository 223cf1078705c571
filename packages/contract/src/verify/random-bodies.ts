import * as fc from "fast-check";
import { description, gateCode } from "../description.ts";
import { arbitraryOf } from "./arbitrary.ts";
import { mutations } from "./broken-values.ts";
import type { Cast } from "./cast.ts";
import type { RandomCheck } from "./random-checks.ts";

/** A body and the code that it has to be answered with; undefined for a valid one. */
export interface RandomBody {
  readonly body: unknown;
  readonly code: number | undefined;
}

/** Bodies for users of the run. */
export function bodiesOf(
  { operation, kind }: Pick<RandomCheck, "operation" | "kind">,
  cast: Cast,
): fc.Arbitrary<RandomBody> {
  const one = (name: string): fc.Arbitrary<string> => fc.constantFrom(...(cast.users[name] ?? []));
  const anybody = arbitraryOf(description.components.schemas["UserId"] ?? {});
  const valid = arbitraryOf(operation.requestSchema, {
    From_Account: one("owner"),
    To_Account: fc.oneof(one("peer"), anybody),
  });
  if (kind === "valid") return valid.map((body) => ({ body, code: undefined }));
  return fc.tuple(valid, fc.nat()).map(([body, number]) => {
    const found = mutations(operation.requestSchema, body).filter(({ schema, keyword }) => !isOpen(keyword, schema));
    const { value, code } = found[number % found.length] ?? { value: undefined, code: undefined };
    return { body: value, code: code ?? gateCode("body") };
  });
}

/** Whether documents leave open that this rule is broken. */
function isOpen(keyword: string, schema: object): boolean {
  return (keyword === "x-maxBytes" && "x-maxBytesDisputed" in schema) || keyword.endsWith("Properties");
}
