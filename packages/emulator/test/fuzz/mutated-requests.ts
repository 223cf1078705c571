import * as fc from "fast-check";
import { goodRequests, type Wire } from "./good-requests.ts";
import { bodyMutations } from "./mutate-body.ts";
import { headMutations } from "./mutate-head.ts";

type Mutation = (wire: Wire) => Wire;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 2,
    arbitrary: bodyMutations.map((change): Mutation => (wire) => ({ ...wire, body: change(wire.body) })),
  },
  {
    weight: 1,
    arbitrary: headMutations.map((change): Mutation => (wire) => ({ ...wire, ...change(wire) })),
  },
);

/** Good requests with one to three things changed. */
export const mutatedRequests: fc.Arbitrary<Wire> = fc
  .tuple(fc.constantFrom(...goodRequests), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([good, changes]) => changes.reduce((wire, change) => change(wire), good));
