import type { SeedConversation, SeedDocument } from "@contact-groups/emulator";
import type { SampleState } from "./sample-state.ts";

/** Names of the initial states of the emulator in the page. */
export const presets = ["samples", "groups", "marks", "full"] as const;

/** One of them. */
export type Preset = (typeof presets)[number];

/** Returns the preset in which an operation has something to work on, by its effect. */
export function presetFor(effect: string): Preset {
  if (effect === "create") return "samples";
  return effect === "read" ? "marks" : "groups";
}

/** Returns the seed of a preset: accounts only, the groups that the examples change, the groups and marks that they return, or a user at every limit. */
export function presetSeed(preset: Preset, { accounts, chatGroups, owners, users, limits }: SampleState): SeedDocument {
  const seeded = {
    samples: [],
    groups: owners,
    marks: users,
    full: [fullUser(users[0]?.userId ?? accounts[0] ?? "user", limits)],
  }[preset];
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
