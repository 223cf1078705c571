import type { Emulated, SeedDocument } from "../../src/index.ts";

/** Users with two groups and two conversations each. */
export function manyUsers(count: number, sdkAppId?: number): SeedDocument {
  const users = Array.from({ length: count }, (_, index) => ({
    userId: `user_${String(index).padStart(6, "0")}`,
    groups: [
      { name: "family", id: 1 },
      { name: "work", id: 2 },
    ],
    conversations: [
      { Type: 1 as const, To_Account: `peer_${index}`, groups: ["family"], timestamp: 5 },
      { Type: 1 as const, To_Account: "peer_of_all", groups: ["work"], standardMark: "1", timestamp: 5 },
    ],
  }));
  return { apps: [{ ...(sdkAppId !== undefined && { sdkAppId }), accounts: [], chatGroups: [], users }] };
}

/** Returns the state as lines. */
export async function linesOf(emulator: Pick<Emulated, "snapshotLines">): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of emulator.snapshotLines()) lines.push(line);
  return lines;
}
