/** Faults in what is kept, and in what is given back of it. */
import { answering, asking, fail, instead, succeeding, type Fault, type Json } from "./fault.ts";

const conversations = (answer: Json): Json[] => answer.ContactItem ?? answer.ContactResultItem;

export const stateFaults: readonly Fault[] = [
  {
    name: "names of groups are swapped",
    caughtBy: "two-groups-of-a-conversation",
    wrap: succeeding("search", ({ GroupItem: [one, other] }) => {
      if (other) [one.GroupName, other.GroupName] = [other.GroupName, one.GroupName];
    }),
  },
  {
    name: "create answers the ID of the group before",
    caughtBy: "created-group-is-found",
    wrap: succeeding("create", ({ GroupResultItem: [{ GroupItem }] }) => void GroupItem.GroupId--),
  },
  {
    name: "names are kept in small letters",
    caughtBy: "names-differ-by-case",
    wrap: asking(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (typeof group?.GroupName === "string") group.GroupName = group.GroupName.toLowerCase();
    }),
  },
  {
    name: "names lose what is not Latin-1",
    caughtBy: "two-groups-of-a-conversation",
    wrap: answering((answer) => JSON.parse(JSON.stringify(answer).replaceAll(/[\u0100-\uFFFF]/g, "?"))),
  },
  {
    name: "all users have the same groups",
    caughtBy: "users-are-apart",
    wrap: asking(({ body }) => void (body.From_Account?.startsWith?.("user_") && (body.From_Account = "user_5"))),
  },
  {
    name: "an empty group is not named",
    caughtBy: "empty-group-is-named",
    wrap: succeeding("get", (answer) => void (answer.ContactItem.length === 0 && (answer.GroupItem = []))),
  },
  {
    name: "a chat group is called GroupId, as get_list does",
    caughtBy: "chat-group-conversation",
    wrap: succeeding("get", (answer) => {
      for (const item of conversations(answer)) if (item.Type === 2) item.GroupId = item.ToGroupId;
      for (const item of conversations(answer)) delete item.ToGroupId;
    }),
  },
  {
    name: "every ResultCode is 0",
    caughtBy: "unknown-peer-fails-alone",
    wrap: succeeding("create", ({ GroupResultItem: [{ ResultItem }] }) => {
      for (const item of ResultItem) item.ResultCode = 0;
    }),
  },
  {
    name: "an unknown peer fails the call",
    caughtBy: "unknown-peer-fails-alone",
    options: { settings: { unknownPeer: "call" } },
  },
  {
    name: "every chat group exists",
    caughtBy: "missing-chat-group-fails-alone",
    options: { settings: { chatGroups: "lenient" } },
  },
  {
    name: "a search leaves out a missing chat group",
    caughtBy: "search-of-missing-chat-group",
    options: { settings: { searchChatGroup: "omit" } },
  },
  {
    name: "a name that exists is refused",
    caughtBy: "existing-name-gets-the-conversations",
    options: { settings: { existingName: "error" } },
  },
  {
    name: "an empty group is refused",
    caughtBy: "names-differ-by-case",
    options: { settings: { emptyCreate: "reject" } },
  },
  {
    name: "a group without a list is refused",
    caughtBy: "create-without-conversations",
    options: { settings: { emptyCreate: "reject" } },
  },
  {
    name: "a search returns empty items",
    caughtBy: "search-leaves-unknown-out",
    options: { settings: { unknownConversations: "empty" } },
  },
  {
    name: "a search answers in another order",
    caughtBy: "search-in-the-order-asked",
    wrap: succeeding("search", (answer) => void (answer.ContactResultItem = answer.ContactResultItem.toReversed())),
  },
  {
    name: "a search answers as often as it is asked",
    caughtBy: "search-in-the-order-asked",
    wrap: succeeding("search", (answer, { body }) => {
      const found = answer.ContactResultItem as Json[];
      answer.ContactResultItem = body.ContactItem.flatMap(
        (asked: Json) => found.find(({ To_Account }) => To_Account === asked.To_Account) ?? [],
      );
    }),
  },
  {
    name: "a search leaves out custom marks",
    caughtBy: "marks-are-the-same-in-get-and-search",
    wrap: succeeding("search", ({ ContactResultItem }) => {
      for (const item of ContactResultItem) delete item.CustomMark;
    }),
  },
  {
    name: "a search has the bits of marks in the other order",
    caughtBy: "marks-are-the-same-in-get-and-search",
    wrap: succeeding("search", ({ ContactResultItem }) => {
      for (const item of ContactResultItem) item.StandardMark = [...item.StandardMark].toReversed().join("");
    }),
  },
  {
    name: "a refused call writes its first group",
    caughtBy: "refused-call-writes-nothing",
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
    name: "a UserID with punctuation is refused",
    caughtBy: "random/searchContactGroup/valid",
    wrap: instead(({ command, body }) =>
      command === "search" && /"To_Account":"[^"]*[!#$%&]/.test(JSON.stringify(body))
        ? fail("InvalidRequestParameter")
        : undefined,
    ),
  },
];
