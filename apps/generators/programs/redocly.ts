/** The program of a user of `redocly generate-client`, next to the client that it generated in `client`. */
import { configure, createContactGroup, getContactGroup, searchContactGroup } from "./client/index.js";

configure({
  serverUrl: String(process.argv[2]),
  auth: { apiKey: { sdkappid: "1400000000", identifier: "administrator", usersig: "any-text" } },
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
    created: "GroupResultItem" in created && created.GroupResultItem[0]?.GroupItem?.GroupName,
    page: "GroupItem" in page && page.GroupItem?.[0]?.GroupName,
    found: "ContactResultItem" in found && found.ContactResultItem[0]?.ContactGroupId?.length,
    failed: failed.ErrorCode !== 0 && typeof failed.ErrorCode,
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
