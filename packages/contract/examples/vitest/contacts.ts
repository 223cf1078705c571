import { c2c, type Client } from "@contact-groups/client";

/** Puts friends into a new group. Returns those that the service did not take. */
export async function addFriends(client: Client, user: string, group: string, friends: string[]): Promise<string[]> {
  const { failures } = await client.createContactGroup({
    From_Account: user,
    GroupContactItem: [{ GroupName: group, ContactItem: friends.map((friend) => c2c(friend)) }],
  });
  return failures.map(({ pointer }) => friends[Number(pointer.split("/").at(-1))] ?? "");
}

/** Counts a user's conversations that are in a group or carry a mark. */
export async function countConversations(client: Client, user: string): Promise<number> {
  const conversations = await client.iterateContactGroup({ From_Account: user }).toArray({ limit: 1000 });
  return conversations.length;
}
