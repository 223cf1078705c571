import type { SeedConversation, SeedDocument } from "@contact-groups/emulator";
import type { SampleState } from "./sample-state.ts";

/** Names of the states that the emulator in the page can begin with. */
export const presets = ["samples", "marks", "full"] as const;

/** One of them. */
export type Preset = (typeof presets)[number];

/** The state itself: accounts alone; with the examples' groups and marks; or with a user who has reached every limit. */
export function presetSeed(preset: Preset, { accounts, chatGroups, users, limits }: SampleState): SeedDocument {
  const seeded = { samples: [], marks: users, full: [fullUser(users[0]?.userId ?? accounts[0] ?? "user", limits)] }[
    preset
  ];
  return { apps: [{ accounts, chatGroups, users: seeded }] };
}

function fullUser(
  userId: string,
  limits: SampleState["limits"],
): NonNullable<SeedDocument["apps"][0]["users"]>[number] {
  const groups = Array.from({ length: limits.groups }, (_, index) => ({ name: numbered("group", index + 1) }));
  const conversations = Array.from({ length: limits.conversations }, (_, index): SeedConversation => {
    const { name } = groups[index % groups.length]!;
    return { Type: 1, To_Account: numbered("peer", index + 1), groups: [name] };
  });
  return { userId, groups, conversations };
}

function numbered(name: string, number: number): string {
  return `${name}_${String(number).padStart(4, "0")}`;
}
