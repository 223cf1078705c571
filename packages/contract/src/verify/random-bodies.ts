import * as fc from "fast-check";
import { gateCode } from "../operations.ts";
import { arbitraryOf } from "./arbitrary.ts";
import { mutations } from "./broken-values.ts";
import type { Cast } from "./cast.ts";
import { ownerName, peerName } from "./example-bodies.ts";
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
  const { request } = operation;
  const anybody = request.type === "object" ? request.fields[ownerName] : undefined;
  const valid = arbitraryOf(request, {
    [ownerName]: one("owner"),
    [peerName]: anybody ? fc.oneof(one("peer"), arbitraryOf(anybody)) : one("peer"),
  });
  if (kind === "valid") return valid.map((body) => ({ body, code: undefined }));
  return fc.tuple(valid, fc.nat()).map(([body, number]) => {
    const found = mutations(request, body).filter(({ field, keyword }) => !isOpen(keyword, field));
    const { value, code } = found[number % found.length] ?? { value: undefined, code: undefined };
    return { body: value, code: code ?? gateCode("body") };
  });
}

/** Whether documents leave open that this rule is broken. */
function isOpen(keyword: string, field: object): boolean {
  return (keyword === "x-maxBytes" && "maxBytesDisputed" in field) || keyword === "additionalProperties";
}
