import { operations } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import type { SeedDocument } from "../../src/index.ts";
import type { RawRequest } from "../../src/request.ts";
import { flawsOf, spoil, type Flaw, type Parts } from "./flaws.ts";
import { chats, groupNames, peers, sdkAppIds, users } from "./names.ts";
import { seedOf } from "./seeds.ts";

/** A conversation as a request can have it: the settings say whether text as `Type`, or both IDs, are accepted. */
export interface Item {
  readonly Type: 1 | 2 | "1" | "2";
  readonly To_Account?: string | undefined;
  readonly ToGroupId?: string | undefined;
}

/** The operations that the reference has. */
export type Modelled = "createContactGroup" | "getContactGroup" | "searchContactGroup";

export interface CallCommand {
  readonly kind: "call";
  readonly sdkAppId: number;
  readonly operation: Modelled;
  readonly userId: string;
  readonly name: string;
  readonly items?: readonly Item[] | undefined;
  readonly start: number;
  readonly flaw?: Flaw | undefined;
}

/** One step of a script. `batch` is one transaction of several calls. */
export type Command =
  | CallCommand
  | { readonly kind: "batch"; readonly calls: readonly CallCommand[] }
  | { readonly kind: "seed"; readonly document: SeedDocument }
  | { readonly kind: "advance"; readonly milliseconds: number }
  | { readonly kind: "save" | "restore" | "reset" | "read" };

const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...peers).map((To_Account): Item => ({ Type: 1, To_Account })) },
  { weight: 4, arbitrary: fc.constantFrom(...chats).map((ToGroupId): Item => ({ Type: 2, ToGroupId })) },
  { weight: 1, arbitrary: fc.constant<Item>({ Type: "1", To_Account: "bob" }) },
  { weight: 1, arbitrary: fc.constant<Item>({ Type: "2", ToGroupId: "@TGS#open", To_Account: "bob" }) },
  { weight: 1, arbitrary: fc.constant<Item>({ Type: 1, ToGroupId: "@TGS#open", To_Account: "bob" }) },
);

const itemsOf: Readonly<Record<Modelled, fc.Arbitrary<readonly Item[] | undefined>>> = {
  createContactGroup: fc.option(fc.array(item, { maxLength: 6 }), { nil: undefined, freq: 8 }),
  getContactGroup: fc.constant(undefined),
  searchContactGroup: fc.array(item, { minLength: 1, maxLength: 8 }),
};

function callOf(operation: Modelled): fc.Arbitrary<CallCommand> {
  return fc.record({
    kind: fc.constant("call" as const),
    sdkAppId: fc.constantFrom(sdkAppIds[0], ...sdkAppIds),
    operation: fc.constant(operation),
    userId: fc.constantFrom("ann", "ann", "ann", ...users),
    name: fc.constantFrom(...groupNames),
    items: itemsOf[operation],
    start: fc.oneof(fc.constant(0), fc.nat(1010), fc.constantFrom(2 ** 53, 2 ** 63, 1e300)),
    flaw: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...flawsOf(operation)) },
    ),
  });
}

const call: fc.Arbitrary<CallCommand> = fc.oneof(
  { weight: 5, arbitrary: callOf("createContactGroup") },
  { weight: 2, arbitrary: callOf("getContactGroup") },
  { weight: 2, arbitrary: callOf("searchContactGroup") },
);

/** Scripts of up to 30 steps. */
export const scripts: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { weight: 16, arbitrary: call },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("batch" as const), calls: fc.array(call, { maxLength: 4 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("seed" as const), document: seedOf }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("advance" as const), milliseconds: fc.nat(2500) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("save", "restore", "read", "reset") }) },
  ),
  { maxLength: 30 },
);

/** The request of a call. */
export function toRaw({ sdkAppId, operation, userId, name, items, start, flaw }: CallCommand): RawRequest {
  const { path, method } = operations[operation];
  const bodies: Readonly<Record<Modelled, Record<string, unknown>>> = {
    createContactGroup: { GroupContactItem: [{ GroupName: name, ...(items && { ContactItem: items }) }] },
    getContactGroup: { StartIndex: start },
    searchContactGroup: { ContactItem: items },
  };
  const query = {
    sdkappid: String(sdkAppId),
    identifier: "administrator",
    usersig: "any-text",
    random: "1",
    contenttype: "json",
  };
  const parts: Parts = { method, path, query, body: { From_Account: userId, ...bodies[operation] } };
  if (flaw) spoil(parts, flaw);
  return {
    method: parts.method,
    target: `${parts.path}?${new URLSearchParams(parts.query)}`,
    body: parts.text ?? JSON.stringify(parts.body),
  };
}
