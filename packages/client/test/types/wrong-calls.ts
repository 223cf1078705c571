/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import { createClient, type Client } from "../../src/index.ts";

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
