/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import {
  addToContactGroup,
  c2c,
  createClient,
  diffStandardMark,
  markConversations,
  markItem,
  renameContactGroup,
  type BatchError,
  type Client,
} from "../../src/index.ts";
import { createMockClient } from "../../src/testing.ts";

const From_Account = "user15";

export async function wrongCreate(client: Client): Promise<void> {
  // @ts-expect-error - an array, even for one group
  await client.createContactGroup({ From_Account, GroupContactItem: { GroupName: "family" } });
  // @ts-expect-error - the group has no name
  await client.createContactGroup({ From_Account, GroupContactItem: [{ ContactItem: [] }] });
  // @ts-expect-error - ContactItem misspelt
  await client.createContactGroup({ From_Account, GroupContactItem: [{ GroupName: "family", ContactItems: [] }] });
  // @ts-expect-error - From_Account missing
  await client.createContactGroup({ GroupContactItem: [{ GroupName: "family" }] });
}

export async function wrongGet(client: Client): Promise<void> {
  // @ts-expect-error - StartIndex missing
  await client.getContactGroup({ From_Account });
  // @ts-expect-error - StartIndex is a number
  await client.getContactGroup({ From_Account, StartIndex: "0" });
  // @ts-expect-error - no body
  await client.getContactGroup();
  // @ts-expect-error - no such option
  await client.getContactGroup({ From_Account, StartIndex: 0 }, { timeout: 1 });
}

export async function wrongSearch(client: Client): Promise<void> {
  // @ts-expect-error - Type is a number
  await client.searchContactGroup({ From_Account, ContactItem: [{ Type: "1", To_Account: "user0" }] });
  // @ts-expect-error - there is no third type
  await client.searchContactGroup({ From_Account, ContactItem: [{ Type: 3, To_Account: "user0" }] });
  // @ts-expect-error - a one-to-one conversation needs To_Account
  await client.searchContactGroup({ From_Account, ContactItem: [{ Type: 1, ToGroupId: "@TGS#1B2AUI7RZ" }] });
  // @ts-expect-error - ContactItem misspelt
  await client.searchContactGroup({ From_Account, ContactItems: [{ Type: 1, To_Account: "user0" }] });
  // @ts-expect-error - a conversation without its id
  await client.searchContactGroup({ From_Account, ContactItem: [{ Type: 2 }] });
}

export async function wrongChanges(client: Client): Promise<unknown> {
  const ContactItem = [c2c("user0")];
  await addToContactGroup(createMockClient(), { From_Account, GroupName: "family", ContactItem });
  // @ts-expect-error - GroupName misspelt
  await addToContactGroup(client, { From_Account, OldGroupName: "family", ContactItem });
  // @ts-expect-error - an array, even of one conversation
  await addToContactGroup(client, { From_Account, GroupName: "family", ContactItem: c2c("user0") });
  // @ts-expect-error - its parts are changes, which are made in their order
  await addToContactGroup(client, { From_Account, GroupName: "family", ContactItem }, { concurrency: 2 });
  // @ts-expect-error - NewGroupName missing
  await renameContactGroup(client, { From_Account, OldGroupName: "family" });
  // @ts-expect-error - the client in the style that does not throw
  await renameContactGroup(client.safe, { From_Account, OldGroupName: "family", NewGroupName: "relatives" });
  // @ts-expect-error - a rename without its names
  await client.updateContactGroup({ From_Account, UpdateType: 1, UpdateGroup: { UpdateGroupType: 1 } });
  const { failures, UpdateGroupResult } = await renameContactGroup(client, {
    From_Account,
    OldGroupName: "family",
    NewGroupName: "relatives",
  });
  return [failures[0]?.pointer, failures[0]?.ContactItem, UpdateGroupResult.GroupId];
}

export async function wrongMarks(client: Client): Promise<unknown> {
  const ContactItem = [c2c("user0")];
  // @ts-expect-error - no such mark
  await markConversations(client, { From_Account, ContactItem, set: ["stars"] });
  // @ts-expect-error - a list, even of one mark
  await markConversations(client, { From_Account, ContactItem, set: "star" });
  // @ts-expect-error - no conversations
  await markConversations(client, { From_Account, set: ["star"] });
  // @ts-expect-error - CustomMark is a text
  markItem(c2c("user0"), { CustomMark: 1 });
  // @ts-expect-error - a text is read by parseStandardMark
  diffStandardMark("1", {});
  const marks = { ...diffStandardMark({ star: true }, { appBits: [40] }), CustomMark: "vip" };
  const { ResultItem, failures } = await markConversations(client, { From_Account, ContactItem, ...marks });
  return [ResultItem[0]?.ResultCode, failures[0]?.pointer, markItem(c2c("user0"), marks).OptType satisfies 1 | 2 | 3];
}

export function missingItems(error: BatchError<"updateContactGroup">, marks: BatchError<"markContact">): unknown {
  return [error.missing.map((item) => item.ContactItem), error.partial.failures, marks.missing[0]?.OptType];
}

export function wrongOptions(): void {
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "eJw" };
  // @ts-expect-error - unknown region
  createClient({ ...credentials, region: "atlantis" });
  // @ts-expect-error - neither region nor baseUrl
  createClient(credentials);
  // @ts-expect-error - both region and baseUrl
  createClient({ ...credentials, region: "china", baseUrl: "http://127.0.0.1:4010" });
  // @ts-expect-error - userSig missing
  createClient({ sdkAppId: 1400000000, identifier: "administrator", region: "china" });
  // @ts-expect-error - sdkAppId is a number
  createClient({ ...credentials, sdkAppId: "1400000000", region: "china" });
  // @ts-expect-error - both a key and a UserSig
  createClient({ ...credentials, secretKey: "key", region: "china" });
  // @ts-expect-error - a validity without a key
  createClient({ ...credentials, userSigValiditySeconds: 60, region: "china" });
}
