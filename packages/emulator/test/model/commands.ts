import { operations } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import type { SeedDocument } from "../../src/index.ts";
import type { RawRequest } from "../../src/request.ts";
import { flawsOf, spoil, type Flaw, type Parts } from "./flaws.ts";
import { chats, groupNames, peers, sdkAppIds, users } from "./names.ts";
import { seedOf } from "./seeds.ts";

/** A conversation as a request can have it: the settings say whether text as `Type`, or both IDs, are accepted. */
export interface Item extends Place, Marking {}

interface Place {
  readonly Type: 1 | 2 | "1" | "2";
  readonly To_Account?: string | undefined;
  readonly ToGroupId?: string | undefined;
}

/** What happens to the conversation; the settings say which bits, and which of a set and a cleared one, are accepted. */
interface Marking {
  /** In an update: 1 adds it, 2 removes it. */
  readonly option: 1 | 2;
  /** In a marking: 1 is about standard marks, 2 about the custom mark, 3 about both. */
  readonly kind: 1 | 2 | 3;
  readonly set?: readonly number[] | undefined;
  readonly clear?: readonly number[] | undefined;
  readonly custom: string;
}

/** An operation that the reference has. */
export type Modelled =
  | "createContactGroup"
  | "getContactGroup"
  | "searchContactGroup"
  | "updateContactGroup"
  | "delContactGroup"
  | "markContact";

export interface CallCommand {
  readonly kind: "call";
  readonly sdkAppId: number;
  readonly operation: Modelled;
  readonly userId: string;
  readonly name: string;
  /** In an update: the new name. Without it the update is about conversations. */
  readonly newName?: string | undefined;
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

const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom(...peers).map((To_Account): Place => ({ Type: 1, To_Account })) },
  { weight: 12, arbitrary: fc.constantFrom(...chats).map((ToGroupId): Place => ({ Type: 2, ToGroupId })) },
  { weight: 1, arbitrary: fc.constant<Place>({ Type: "1", To_Account: "bob" }) },
  { weight: 1, arbitrary: fc.constant<Place>({ Type: "2", ToGroupId: "@TGS#open", To_Account: "bob" }) },
  { weight: 1, arbitrary: fc.constant<Place>({ Type: 1, ToGroupId: "@TGS#open", To_Account: "bob" }) },
);

/** Mostly one of the few names that groups have at the beginning or soon. */
const groupName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("full", "full", "group1", "a") },
  { weight: 1, arbitrary: fc.constantFrom(...groupNames) },
);

const bits = fc.option(fc.subarray([0, 1, 2, 4, 31, 32, 63], { maxLength: 3 }), { nil: undefined, freq: 3 });

const item: fc.Arbitrary<Item> = fc
  .tuple(
    place,
    fc.record<Marking>({
      option: fc.constantFrom(1, 1, 2),
      kind: fc.constantFrom(1, 2, 3),
      set: bits,
      clear: bits,
      custom: fc.constantFrom("", "", "x", "\u4e2d", "\ud83d"),
    }),
  )
  .map(([where, marking]) => ({ ...where, ...marking }));

const itemsOf: Readonly<Record<Modelled, fc.Arbitrary<readonly Item[] | undefined>>> = {
  createContactGroup: fc.option(fc.array(item, { maxLength: 6 }), { nil: undefined, freq: 8 }),
  getContactGroup: fc.constant(undefined),
  searchContactGroup: fc.array(item, { minLength: 1, maxLength: 8 }),
  updateContactGroup: fc.array(item, { minLength: 1, maxLength: 6 }),
  delContactGroup: fc.constant(undefined),
  markContact: fc.array(item, { minLength: 1, maxLength: 6 }),
};

/** The operations that the reference has. */
export const modelled: readonly Modelled[] = Object.keys(itemsOf) as Modelled[];

function callOf(operation: Modelled): fc.Arbitrary<CallCommand> {
  const calls = fc.record({
    kind: fc.constant("call" as const),
    sdkAppId: fc.constantFrom(sdkAppIds[0], ...sdkAppIds),
    operation: fc.constant(operation),
    userId: fc.constantFrom("ann", "ann", "ann", ...users),
    name: groupName,
    newName: fc.option(groupName, { nil: undefined, freq: 2 }),
    items: itemsOf[operation],
    start: fc.oneof(fc.constant(0), fc.nat(1010), fc.constantFrom(2 ** 53, 2 ** 63, 1e300)),
    flaw: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...flawsOf(operation)) },
    ),
  }); // A new name comes without conversations.
  return calls.map((it) =>
    operation === "updateContactGroup" && it.newName !== undefined ? { ...it, items: [] } : it,
  );
}

const call: fc.Arbitrary<CallCommand> = fc.oneof(
  { weight: 5, arbitrary: callOf("createContactGroup") },
  { weight: 2, arbitrary: callOf("getContactGroup") },
  { weight: 2, arbitrary: callOf("searchContactGroup") },
  { weight: 5, arbitrary: callOf("updateContactGroup") },
  { weight: 2, arbitrary: callOf("delContactGroup") },
  { weight: 4, arbitrary: callOf("markContact") },
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
  { maxLength: 30, size: "max" },
);

/** The request of a call. */
export function toRaw(command: CallCommand): RawRequest {
  const { sdkAppId, operation, flaw } = command;
  const { path, method } = operations[operation];
  const query = {
    sdkappid: String(sdkAppId),
    identifier: "administrator",
    usersig: "any-text",
    random: "1",
    contenttype: "json",
  };
  const parts: Parts = { method, path, query, body: toBody(command) };
  if (flaw) spoil(parts, flaw);
  return {
    method: parts.method,
    target: `${parts.path}?${new URLSearchParams(parts.query)}`,
    body: parts.text ?? JSON.stringify(parts.body),
  };
}

type Call = Pick<CallCommand, "name" | "newName" | "items" | "start">;

/** The body of a call. */
export function toBody({ operation, userId, ...fields }: CallCommand): Record<string, unknown> {
  return { From_Account: userId, ...bodyOf[operation](fields) };
}

const bodyOf: Readonly<Record<Modelled, (call: Call) => Record<string, unknown>>> = {
  createContactGroup: ({ name, items }) => ({
    GroupContactItem: [{ GroupName: name, ...(items && { ContactItem: items.map(toPlace) }) }],
  }),
  getContactGroup: ({ start }) => ({ StartIndex: start }),
  searchContactGroup: ({ items }) => ({ ContactItem: items?.map(toPlace) }),
  updateContactGroup: ({ name, newName, items }) => ({
    UpdateType: 1,
    UpdateGroup:
      newName === undefined
        ? {
            UpdateGroupType: 2,
            OldGroupName: name,
            ContactUpdateItem: items?.map((it) => ({ ContactOptType: it.option, ContactItem: toPlace(it) })),
          }
        : { UpdateGroupType: 1, OldGroupName: name, NewGroupName: newName },
  }),
  delContactGroup: ({ name }) => ({ GroupName: [name] }),
  markContact: ({ items }) => ({
    MarkItem: items?.map((it) => ({
      OptType: it.kind,
      ContactItem: toPlace(it),
      ...(it.kind !== 2 && { SetMark: it.set, ClearMark: it.clear }),
      ...(it.kind !== 1 && { CustomMark: it.custom }),
    })),
  }),
};

function toPlace({ Type, To_Account, ToGroupId }: Item): Place {
  return { Type, To_Account, ToGroupId };
}
