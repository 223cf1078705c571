/** Mutations of state and of what is returned of it. */
import { changing, changingRequest, fail, instead, succeeding, type Mutation, type Json } from "./mutation.ts";

const conversations = (response: Json): Json[] => response.ContactItem ?? response.ContactResultItem;

export const stateMutations: readonly Mutation[] = [
  {
    name: "names of groups are swapped",
    foundBy: "two-groups-of-a-conversation",
    wrap: succeeding("search", ({ GroupItem: [one, other] }) => {
      if (other) [one.GroupName, other.GroupName] = [other.GroupName, one.GroupName];
    }),
  },
  {
    name: "create returns the ID of the previous group",
    foundBy: "created-group-is-found",
    wrap: succeeding("create", ({ GroupResultItem: [{ GroupItem }] }) => void GroupItem.GroupId--),
  },
  {
    name: "a group is deleted by its name in any case",
    foundBy: "names-differ-by-case",
    wrap: (fetch, emulator) => {
      const created = new Map<string, string>();
      return changingRequest(({ command, body }) => {
        const name = command === "create" ? body?.GroupContactItem?.[0]?.GroupName : body?.GroupName?.[0];
        if (typeof name !== "string") return;
        if (command === "create") created.set(name.toLowerCase(), name);
        else if (command === "del") body.GroupName[0] = created.get(name.toLowerCase()) ?? name;
      })!(fetch, emulator);
    },
  },
  {
    name: "names are stored in lower case",
    foundBy: "names-differ-by-case",
    wrap: changingRequest(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (typeof group?.GroupName === "string") group.GroupName = group.GroupName.toLowerCase();
    }),
  },
  {
    name: "names lose characters outside Latin-1",
    foundBy: "two-groups-of-a-conversation",
    wrap: changing((response) => JSON.parse(JSON.stringify(response).replaceAll(/[\u0100-\uFFFF]/g, "?"))),
  },
  {
    name: "all users have the same groups",
    foundBy: "users-are-apart",
    wrap: changingRequest(
      ({ body }) => void (body.From_Account?.startsWith?.("user_") && (body.From_Account = "user_5")),
    ),
  },
  {
    name: "an empty group is not named",
    foundBy: "empty-group-is-named",
    wrap: succeeding("get", (response) => void (response.ContactItem.length === 0 && (response.GroupItem = []))),
  },
  {
    name: "a chat group is called GroupId, as get_list does",
    foundBy: "chat-group-conversation",
    wrap: succeeding("get", (response) => {
      for (const item of conversations(response)) if (item.Type === 2) item.GroupId = item.ToGroupId;
      for (const item of conversations(response)) delete item.ToGroupId;
    }),
  },
  {
    name: "every ResultCode is 0",
    foundBy: "unknown-peer-fails-alone",
    wrap: succeeding("create", ({ GroupResultItem: [{ ResultItem }] }) => {
      for (const item of ResultItem) item.ResultCode = 0;
    }),
  },
  {
    name: "an unknown peer fails the call",
    foundBy: "unknown-peer-fails-alone",
    options: { settings: { unknownPeer: "call" } },
  },
  {
    name: "every chat group exists",
    foundBy: "missing-chat-group-fails-alone",
    options: { settings: { chatGroups: "lenient" } },
  },
  {
    name: "a search omits a missing chat group",
    foundBy: "search-of-missing-chat-group",
    options: { settings: { searchChatGroup: "omit" } },
  },
  {
    name: "an existing name is rejected",
    foundBy: "existing-name-gets-the-conversations",
    options: { settings: { existingName: "error" } },
  },
  {
    name: "an empty group is rejected",
    foundBy: "names-differ-by-case",
    options: { settings: { emptyCreate: "reject" } },
  },
  {
    name: "a group without a list is rejected",
    foundBy: "create-without-conversations",
    options: { settings: { emptyCreate: "reject" } },
  },
  {
    name: "a search returns empty items",
    foundBy: "search-leaves-unknown-out",
    options: { settings: { unknownConversations: "empty" } },
  },
  {
    name: "a search returns another order",
    foundBy: "search-in-the-order-requested",
    wrap: succeeding(
      "search",
      (response) => void (response.ContactResultItem = response.ContactResultItem.toReversed()),
    ),
  },
  {
    name: "a search returns a repeated conversation twice",
    foundBy: "search-in-the-order-requested",
    wrap: succeeding("search", (response, { body }) => {
      const found = response.ContactResultItem as Json[];
      response.ContactResultItem = body.ContactItem.flatMap(
        (requested: Json) => found.find(({ To_Account }) => To_Account === requested.To_Account) ?? [],
      );
    }),
  },
  {
    name: "a search omits custom marks",
    foundBy: "marks-are-the-same-in-get-and-search",
    wrap: succeeding("search", ({ ContactResultItem }) => {
      for (const item of ContactResultItem) delete item.CustomMark;
    }),
  },
  {
    name: "a search has the bits of marks in reverse order",
    foundBy: "marks-are-the-same-in-get-and-search",
    wrap: succeeding("search", ({ ContactResultItem }) => {
      for (const item of ContactResultItem) item.StandardMark = [...item.StandardMark].toReversed().join("");
    }),
  },
  {
    name: "a rejected call writes its first group",
    foundBy: "rejected-call-writes-nothing",
    wrap: (fetch) => async (request) => {
      const response = await fetch(request.clone());
      const body: Json = await request.json().catch(() => undefined);
      if (body?.GroupContactItem?.length !== 2) return response;
      const half = { ...body, GroupContactItem: [body.GroupContactItem[0]] };
      await fetch(new Request(request.url, { method: "POST", body: JSON.stringify(half) }));
      return response;
    },
  },
  {
    name: "a UserID with punctuation is rejected",
    foundBy: "random/searchContactGroup/valid",
    wrap: instead(({ command, body }) =>
      command === "search" && /"To_Account":"[^"]*[!#$%&]/.test(JSON.stringify(body))
        ? fail("InvalidRequestParameter")
        : undefined,
    ),
  },
];
