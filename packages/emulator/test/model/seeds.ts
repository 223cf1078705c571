import { limits } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import type { SeedApp, SeedDocument, SeedUser } from "../../src/index.ts";
import { chats, groupNames, peers, sdkAppIds, users } from "./names.ts";

const people: SeedApp = {
  accounts: ["ann", "bob", "cat", "peer0", "peer1", "marked0", "new1", "new2", "new3"],
  chatGroups: [
    { id: "@TGS#open" },
    { id: "bob" },
    { id: "@TGS#gone", disbanded: true },
    { id: "@TGS#others", members: ["bob"] },
    { id: "@TGS#anns", members: ["ann"] },
  ],
};

const { maximum } = limits.groupedConversations;
const near = [maximum - 2, maximum - 1, maximum, maximum + 3] as const;

/** The state of ann at the beginning: numbers of groups, of conversations in them, and of conversations that only have a mark. */
export interface Beginning {
  readonly groups: number;
  readonly grouped: number;
  readonly marked: number;
  /** Whether the grouped ones have a mark as well. */
  readonly both: boolean;
}

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  groups: fc.constantFrom(0, 1, 1, limits.groupsPerUser.maximum - 1, limits.groupsPerUser.maximum + 1),
  grouped: size(),
  marked: size(),
  both: fc.boolean(),
});

/** The seed of a beginning. */
export function toSeed(beginning: Beginning): SeedDocument {
  return { apps: [people, { sdkAppId: sdkAppIds[1], ...people }, { users: [ann(beginning)] }] };
}

function size(): fc.Arbitrary<number> {
  return fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constantFrom(...near) });
}

function ann({ groups, grouped, marked, both }: Beginning): SeedUser {
  const names = Array.from({ length: groups }, (_, index) => (index === 0 ? "full" : `group${index}`));
  const members = Array.from({ length: names.length === 0 ? 0 : grouped }, (_, index) => ({
    Type: 1 as const,
    To_Account: `peer${index}`,
    // Every seventh is in a second group, and joined that one first.
    groups: index % 7 === 3 && groups > 1 ? ["group1", "full"] : ["full"],
    // One that begins with a zero keeps it until a bit changes.
    ...(both && { standardMark: "0101" }),
    timestamp: 5,
  }));
  // It was disbanded after it had been put into a group.
  const gone = { Type: 2 as const, ToGroupId: "@TGS#gone", groups: ["full"] };
  const others = Array.from({ length: marked }, (_, index) => ({
    Type: 1 as const,
    To_Account: `marked${index}`,
    customMark: "x",
  }));
  return {
    userId: "ann",
    groups: names.map((name) => ({ name })),
    conversations: [...(groups > 0 ? [gone] : []), ...members, ...others],
  };
}

/** A seed on top of the state. Often it contradicts the state and has to be rejected as a whole. */
export const seedOf: fc.Arbitrary<SeedDocument> = fc
  .record({
    sdkAppId: fc.constantFrom(...sdkAppIds),
    accounts: fc.subarray(["new1", "nobody"]),
    chatGroups: fc.array(fc.record({ id: fc.constantFrom(...chats), disbanded: fc.boolean() }), { maxLength: 2 }),
    users: fc.array(
      fc.record({
        userId: fc.constantFrom("ann", ...users),
        imported: fc.boolean(),
        groups: fc.subarray(
          groupNames.map((name) => ({ name })),
          { maxLength: 2 },
        ),
        conversations: fc.array(
          fc.record({
            Type: fc.constant(1 as const),
            To_Account: fc.constantFrom(...peers),
            groups: fc.subarray(["full", "a"], { maxLength: 2 }),
            standardMark: fc.constantFrom("111001", "0"),
            customMark: fc.constantFrom("", "\u4e2d"),
          }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
  })
  .map((app) => ({ apps: [app] }));
