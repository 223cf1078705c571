/** The program of a user of hey-api, next to the client that it generated in `client`. */
import { client } from "./client/client.gen.js";
import { createContactGroup, getContactGroup, searchContactGroup } from "./client/index.js";

const credentials: Readonly<Record<string, string>> = {
  sdkappid: "1400000000",
  identifier: "administrator",
  usersig: "any-text",
};
client.setConfig({
  baseUrl: String(process.argv[2]),
  auth: ({ name = "" }) => credentials[name],
});

const query = { random: 1, contenttype: "json" } as const;
const From_Account = "user_0001";
const ContactItem = [{ Type: 1, To_Account: "user_0002" } as const];

const created = await createContactGroup({
  query,
  body: { From_Account, GroupContactItem: [{ GroupName: "family", ContactItem }] },
});
const page = await getContactGroup({ query, body: { From_Account, StartIndex: 0 } });
const found = await searchContactGroup({ query, body: { From_Account, ContactItem } });
const failed = await getContactGroup({ query, body: { From_Account: "nobody", StartIndex: 0 } });

console.log(
  JSON.stringify({
    created: created.data && "GroupResultItem" in created.data && created.data.GroupResultItem[0]?.GroupItem?.GroupName,
    page: page.data && "GroupItem" in page.data && page.data.GroupItem?.[0]?.GroupName,
    found: found.data && "ContactResultItem" in found.data && found.data.ContactResultItem[0]?.ContactGroupId?.length,
    failed: failed.data?.ErrorCode !== 0 && typeof failed.data?.ErrorCode,
  }),
);

/** Calls that the types reject. Never run. */
export const wrongCalls = (): unknown => [
  // @ts-expect-error The description has no such field.
  getContactGroup({ query, body: { From_Account, StartIndex: 0, From: From_Account } }),
  // @ts-expect-error A required field is missing.
  getContactGroup({ query, body: { From_Account } }),
  // @ts-expect-error No conversation has this type.
  searchContactGroup({ query, body: { From_Account, ContactItem: [{ Type: 3, To_Account: "user_0002" }] } }),
];
