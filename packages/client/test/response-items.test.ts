import { expect, test } from "vitest";
import {
  addToContactGroup,
  c2c,
  g2c,
  markConversations,
  type PageItem,
  type RequestConversation,
  type RequestBody,
} from "../src/index.ts";
import { createMockClient } from "../src/testing.ts";

const From_Account = "user15";
const client = createMockClient();
const conversations = [c2c("user0"), g2c("@TGS#1")];
const marks = { StandardMark: "1", CustomMark: "vip", ContactGroupId: [1], Timestamp: 1 };
const groups = [{ GroupId: 1, GroupName: "family" }];
/** What an iteration or a search returns. */
const items: PageItem<"getContactGroup">[] = conversations.map((one) => ({ ...one, ...marks, groups }));

const ways: Readonly<Record<string, (ContactItem: RequestConversation[]) => Promise<unknown>>> = {
  "a search": (ContactItem) => client.searchContactGroup({ From_Account, ContactItem }),
  "a new group": (ContactItem) =>
    client.createContactGroup({ From_Account, GroupContactItem: [{ GroupName: "work", ContactItem }] }),
  "an addition to a group": (ContactItem) =>
    addToContactGroup(client, { From_Account, GroupName: "work", ContactItem }),
  "a marking": (ContactItem) => markConversations(client, { From_Account, ContactItem, set: ["star"] }),
};

test.each(Object.entries(ways))("the items of a response are conversations of %s", async (_, call) => {
  client.mock.reset();
  await call(items);
  await call(conversations);
  const [fromItems, fromNames] = client.mock.calls.map(({ body }) => body);
  expect(fromItems).toEqual(fromNames);
});

test("a result of a change can be a change", async () => {
  client.mock.reset();
  const change = (ContactUpdateItem: object[]) =>
    ({
      From_Account,
      UpdateType: 1,
      UpdateGroup: { UpdateGroupType: 2, OldGroupName: "work", ContactUpdateItem },
    }) as RequestBody<"updateContactGroup">;
  const own = { ContactOptType: 1, ContactItem: c2c("user0") };
  await client.updateContactGroup(change([{ ...own, ResultCode: 50001, ResultInfo: "" }]));
  expect(client.mock.calls[0]?.body).toEqual(change([own]));
});

test("a field that no response has is sent: the service may accept it", async () => {
  client.mock.reset();
  const ContactItem = [{ ...c2c("user0"), Later: 1, Timestamp: 1 }];
  await client.searchContactGroup({
    From_Account,
    ContactItem,
    Next: { Timestamp: 1 },
  } as object as RequestBody<"searchContactGroup">);
  expect(client.mock.calls[0]?.body).toEqual({
    From_Account,
    ContactItem: [{ ...c2c("user0"), Later: 1 }],
    Next: { Timestamp: 1 },
  });
});

test("the caller's objects are not changed", async () => {
  const ContactItem = structuredClone(items);
  await client.searchContactGroup({ From_Account, ContactItem });
  expect(ContactItem).toEqual([
    { ...conversations[0], ...marks, groups },
    { ...conversations[1], ...marks, groups },
  ]);
});

test.each([null, 3, "x", [[]], [null, 3, undefined], { length: 1 }])("leaves %j to the checks", async (list) => {
  const { error } = await client.safe.searchContactGroup({ From_Account, ContactItem: list as never });
  expect(error).toMatchObject({ kind: "argument", pointer: expect.stringMatching(/^\/ContactItem/) });
});
