import type { SeedDocument } from "../src/index.ts";

const users = Array.from({ length: 1000 }, (_, index) => `user_${index}`);
const peers = Array.from({ length: 100 }, (_, index) => `peer_${index}`);

/** 1,000 users with one group of two conversations each. */
export const seed: SeedDocument = {
  apps: [
    {
      accounts: [...users, ...peers],
      users: users.map((userId) => ({
        userId,
        groups: [{ name: "family" }],
        conversations: ["peer_0", "peer_1"].map((To_Account) => ({ Type: 1 as const, To_Account, groups: ["family"] })),
      })),
    },
  ],
};

const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";

/** Requests of a kind, each for another user. */
export const loads = {
  get: requests("get_contact_group", () => ({ StartIndex: 0 })),
  search: requests("search_contact_group", () => ({ ContactItem: ["peer_0", "peer_1"].map(conversation) })),
  create: requests("create_contact_group", (index) => ({
    GroupContactItem: [{ GroupName: "family", ContactItem: [conversation(`peer_${index % 100}`)] }],
  })),
} as const;

/** Name of a load. */
export type Load = keyof typeof loads;

function conversation(To_Account: string): object {
  return { Type: 1, To_Account };
}

function requests(operation: string, body: (index: number) => object): { path: string; body: string }[] {
  return users.map((From_Account, index) => ({
    path: `/v4/recentcontact/${operation}?${query}`,
    body: JSON.stringify({ From_Account, ...body(index) }),
  }));
}
