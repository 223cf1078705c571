import {
  addToContactGroup,
  ApiError,
  c2c,
  type Client,
  createClient,
  g2c,
  markConversations,
  removeFromContactGroup,
} from "@contact-groups/client";
import { errorCodes, type ErrorName, limits, operations } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import type { Conversation } from "../call.ts";
import { connect } from "../client/connect.ts";
import {
  createEmulator,
  defaultSettings,
  presets,
  type Emulator,
  type PresetName,
  type PresetOptions,
} from "../../src/index.ts";

function load(name: PresetName, options?: PresetOptions): { emulator: Emulator; client: Client } {
  const emulator = createEmulator({
    apps: [{ sdkAppId: 20000001 }, { sdkAppId: 20000002 }],
    ...presets[name](options),
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

const From_Account = "user_0001";
const free = c2c("user_0002");

/** The presets in which one conversation fails, that conversation, its code, and the reason in the texts. */
const lost: readonly (readonly [PresetName, Conversation, ErrorName, string])[] = [
  ["unknown-peer", c2c("user_0003"), "UserNotImported", "was not imported"],
  ["missing-chat-group", g2c("@TGS#MISSING"), "ChatGroupUnavailable", "does not exist"],
  ["disbanded-chat-group", g2c("@TGS#DISBANDED"), "ChatGroupUnavailable", "was disbanded"],
  ["left-chat-group", g2c("@TGS#LEFT"), "ChatGroupUnavailable", 'user "user_0001" is not a member'],
];

/** Calls of each operation that reports conversations: one that succeeds, and one that fails. */
const calls: Readonly<Record<string, (client: Client, items: readonly Conversation[]) => Promise<Failures>>> = {
  createContactGroup: (client, ContactItem) =>
    client.createContactGroup({
      From_Account,
      GroupContactItem: [{ GroupName: "new", ContactItem: [...ContactItem] }],
    }),
  updateContactGroup: (client, ContactItem) =>
    addToContactGroup(client, { From_Account, GroupName: "group_0001", ContactItem }),
  markContact: (client, ContactItem) => markConversations(client, { From_Account, ContactItem, set: ["star"] }),
};

interface Failures {
  readonly failures: readonly { readonly pointer: string | undefined; readonly ResultCode: number }[];
}

test("the operations that report conversations are those that these tests call", () => {
  const declared = Object.entries<object>(operations).filter(([, operation]) => "itemResults" in operation);
  expect(Object.keys(calls)).toEqual(declared.map(([id]) => id));
});

const partial = [
  ...lost,
  ["room-for-one", c2c("user_0003"), "TooManyConversations", "and the limit is"],
] satisfies typeof lost;

describe.each(partial)("%s", (name, conversation, error, why) => {
  test.each(Object.entries(calls))("fails its conversation in a call of %s, and no other", async (operation, make) => {
    const { client, emulator } = load(name);
    const before = await pages(client);
    const { failures } = await make(client, [free, conversation]);
    expect(failures).toMatchObject([
      {
        pointer: expect.stringMatching(/\/1$/) as string,
        ContactItem: conversation,
        ResultCode: errorCodes[error],
        ResultInfo: expect.stringContaining(why) as string,
      },
    ]);
    expect(emulator.calls.at(-1)).toMatchObject({ operation, code: 0 });
    expect(await pages(client)).toMatchObject([...before, free]);
  });
});

describe.each(lost)("%s", (name, conversation, error) => {
  test("keeps its conversation in group_0001 until it is removed", async () => {
    const { client } = load(name);
    expect(await pages(client)).toMatchObject([{ ...conversation, ContactGroupId: [1] }]);
    const members = { From_Account, GroupName: "group_0001", ContactItem: [conversation] };
    expect((await removeFromContactGroup(client, members)).failures).toEqual([]);
    expect(await pages(client)).toEqual([]);
  });

  test("fails a search for a chat group, but not for a user", async () => {
    const { client } = load(name);
    const { failures, ContactResultItem } = await client.searchContactGroup({
      From_Account,
      ContactItem: [conversation],
    });
    if (conversation.Type === 1) expect(ContactResultItem).toMatchObject([conversation]);
    else expect(failures).toMatchObject([{ ContactItem: conversation, ResultCode: errorCodes[error] }]);
  });
});

test("room-for-one changes one setting, without which the call fails as a whole", async () => {
  const { emulator } = load("room-for-one");
  expect(emulator.settings).toEqual({ ...defaultSettings, conversationCap: "item" });
  const { seed } = presets["room-for-one"]();
  const client = connect(createEmulator({ seed }));
  const added = calls["createContactGroup"]!(client, [free, c2c("user_0003")]);
  await expectError(added, "TooManyConversations");
  expect((await calls["createContactGroup"]!(client, [free])).failures).toEqual([]);
});

const aboutUser = (Object.keys(presets) as PresetName[]).filter((name) => name !== "verify");
test.each(aboutUser)("%s can be about another user and another app", async (name) => {
  const { client, emulator } = load(name, { sdkAppId: 20000002, userId: "somebody" });
  expect(emulator.snapshot().apps.map(({ sdkAppId }) => sdkAppId)).toEqual([20000002]);
  await client.getContactGroup({ From_Account: "somebody", StartIndex: 0 });
  await expectError(client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 }), "UserNotImported");
});
