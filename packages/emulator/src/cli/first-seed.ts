import type { SeedDocument } from "../seed-document.ts";

/** What there is when nothing else was asked for, so that the first call finds somebody. */
export const firstSeed: SeedDocument = {
  apps: [
    {
      accounts: ["user_0002"],
      chatGroups: [{ id: "@TGS#1B2AUI7RZ" }],
      users: [
        {
          userId: "user_0001",
          groups: [{ name: "family" }],
          conversations: [{ Type: 1, To_Account: "user_0002", groups: ["family"] }],
        },
      ],
    },
  ],
};
