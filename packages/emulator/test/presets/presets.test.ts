import { errorCodes, type ErrorName, limits } from "@contact-groups/openapi/model";
import { ApiError, createClient, g2c, type Client } from "@contact-groups/client";
import { expect, test } from "vitest";
import { createEmulator, presets, type Emulator, type PresetName, type PresetOptions } from "../../src/index.ts";

function load(name: PresetName, options?: PresetOptions): { emulator: Emulator; client: Client } {
  const emulator = createEmulator({
    apps: [{ sdkAppId: 20000001 }, { sdkAppId: 20000002 }],
    seed: presets[name](options),
  });
  const client = createClient({
    fetch: emulator.fetch,
    baseUrl: "http://emulator.test",
    sdkAppId: options?.sdkAppId ?? 20000001,
    identifier: "administrator",
    userSig: "any-text",
  });
  return { emulator, client };
}

const create = (client: Client, GroupName: string, From_Account = "user_0001") =>
  client.createContactGroup({
    From_Account,
    GroupContactItem: [{ GroupName, ContactItem: [{ Type: 1, To_Account: "user_0002" }] }],
  });

async function expectError(call: Promise<unknown>, name: ErrorName): Promise<void> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: errorCodes[name] });
}

async function pages(client: Client, From_Account = "user_0001") {
  const conversations = [];
  for (let StartIndex = 0; ;) {
    const page = await client.getContactGroup({ From_Account, StartIndex });
    conversations.push(...(page.ContactItem ?? []));
    if (page.CompleteFlag === 1) return conversations;
    StartIndex = page.NextStartIndex ?? 0;
  }
}

test("full-user is at every limit: a new group fails, and so does a new conversation in an existing one", async () => {
  const { client } = load("full-user");
  const conversations = await pages(client);
  expect(conversations).toHaveLength(limits.groupedConversations.maximum);
  expect(conversations.filter(({ StandardMark }) => StandardMark !== "")).toHaveLength(
    limits.markedConversations.maximum,
  );
  await expectError(create(client, "new"), "TooManyConversationGroups");
  await expectError(create(client, "group_0001"), "TooManyConversations");
  await expectError(
    create(client, `group_${String(limits.groupsPerUser.maximum).padStart(4, "0")}`),
    "TooManyConversations",
  );
});

test("full-user has room again for what is deleted, removed or cleared", async () => {
  const { client } = load("full-user");
  const From_Account = "user_0001";
  const [first, second] = [1, 2].map((number) => ({
    Type: 1 as const,
    To_Account: `peer_${String(number).padStart(4, "0")}`,
  }));
  const free = { Type: 1 as const, To_Account: "user_0002" };
  const mark = { OptType: 2 as const, ContactItem: free, CustomMark: "x" };
  await expectError(client.markContact({ From_Account, MarkItem: [mark] }), "TooManyConversations");
  const cleared = { OptType: 3 as const, ContactItem: second!, ClearMark: [0], CustomMark: "" };
  await client.markContact({ From_Account, MarkItem: [cleared, mark] });
  const ContactUpdateItem = [
    { ContactOptType: 2 as const, ContactItem: first! },
    { ContactOptType: 1 as const, ContactItem: free },
  ];
  const UpdateGroup = { UpdateGroupType: 2 as const, OldGroupName: "group_0001", ContactUpdateItem };
  await client.updateContactGroup({ From_Account, UpdateType: 1, UpdateGroup });
  await client.delContactGroup({ From_Account, GroupName: ["group_0002"] });
  expect((await create(client, "new")).failures).toEqual([]);
});

test("all-groups has the largest number of groups, and room in each", async () => {
  const { client } = load("all-groups");
  const { GroupItem } = await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
  expect(GroupItem).toHaveLength(limits.groupsPerUser.maximum);
  await expectError(create(client, "new"), "TooManyConversationGroups");
  await create(client, "group_0001");
});

test("all-conversations has the largest number of conversations, and room for groups", async () => {
  const { client } = load("all-conversations");
  expect(await pages(client)).toHaveLength(limits.groupedConversations.maximum);
  await expectError(create(client, "group_0001"), "TooManyConversations");
  await client.createContactGroup({ From_Account: "user_0001", GroupContactItem: [{ GroupName: "new" }] });
});

test("disbanded-group has a conversation in a disbanded chat group: a search for it fails, a page does not", async () => {
  const { client } = load("disbanded-group");
  const [conversation] = await pages(client);
  expect(conversation).toMatchObject({ Type: 2, ToGroupId: "@TGS#DISBANDED", ContactGroupId: [1] });
  const gone = g2c("@TGS#DISBANDED");
  const { failures } = await client.searchContactGroup({ From_Account: "user_0001", ContactItem: [gone] });
  expect(failures).toMatchObject([{ ContactItem: gone, ResultCode: errorCodes.ChatGroupUnavailable }]);
});

test.each(Object.keys(presets) as PresetName[])("%s can be about another user and another app", async (name) => {
  const { client, emulator } = load(name, { sdkAppId: 20000002, userId: "somebody" });
  expect(emulator.snapshot().apps.map(({ sdkAppId }) => sdkAppId)).toEqual([20000002]);
  await client.getContactGroup({ From_Account: "somebody", StartIndex: 0 });
  await expectError(client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 }), "UserNotImported");
});
