import type { SeedDocument } from "../src/index.ts";

/** Ann with a group `full` of a number of conversations, and a number of others that only have a mark. */
export function fullSeed(grouped: number, marked = 0): SeedDocument {
  const conversations = [
    ...Array.from(
      { length: grouped },
      (_, index) => ({ Type: 1, To_Account: `peer${index}`, groups: ["full"] }) as const,
    ),
    ...Array.from(
      { length: marked },
      (_, index) => ({ Type: 1, To_Account: `marked${index}`, customMark: "x" }) as const,
    ),
  ];
  return { apps: [{ users: [{ userId: "ann", groups: [{ name: "full" }], conversations }] }] };
}
