/** Mutations of what changes groups and marks: update, delete and mark. */
import { requestBodies } from "@contact-groups/openapi/model";
import { codeOf } from "../code-of.ts";
import { calling, changing, changingRequest, fail, type Json, type Mutation, succeeding } from "./mutation.ts";

const mostChanges =
  requestBodies.updateContactGroup.fields.UpdateGroup.alternatives[1].fields.ContactUpdateItem.maxItems;
const mostMarks = requestBodies.markContact.fields.MarkItem.maxItems;
const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const allBits = Array.from({ length: 64 }, (_, bit) => bit);

/** Changes each item of the requests of a command. */
const changingItems = (
  command: "update" | "mark",
  edit: (item: Json) => void,
  list: (items: Json[]) => Json[] = (items) => items,
): Mutation["wrap"] =>
  changingRequest((requested) => {
    const { command: called, body } = requested;
    const [holder, name] = command === "mark" ? [body, "MarkItem"] : [body?.UpdateGroup, "ContactUpdateItem"];
    if (called !== command || !Array.isArray(holder?.[name])) return;
    for (const item of holder[name]) edit(item);
    holder[name] = list(holder[name]);
  });

/** Changes the results of the calls that succeed. */
const changingResults = (command: "update" | "mark", edit: (items: Json[]) => Json[]): Mutation["wrap"] =>
  succeeding(command, (response) => {
    if (response.ResultItem) response.ResultItem = edit(response.ResultItem);
    const { UpdateGroupResult: result } = response;
    if (result?.ContactResultItem) result.ContactResultItem = edit(result.ContactResultItem);
  });

const withoutFailures = (items: Json[]): Json[] => items.map((item) => ({ ...item, ResultCode: 0 }));

/** Sends a failed call with a code again, with its first item only, and responds with the failure. */
const writingTheFirst = (command: string, listOf: (body: Json) => Json[], error: string): Mutation["wrap"] =>
  calling(async ({ command: called, body }, send) => {
    const response = await send(called, body);
    if (called !== command || response.ErrorCode !== codeOf(error)) return response;
    listOf(body).splice(1);
    await send(called, body);
    return response;
  });

export const changeMutations: readonly Mutation[] = [
  {
    name: "a rename returns another ID",
    foundBy: "renamed-group-keeps-its-conversations",
    wrap: succeeding("update", ({ UpdateGroupResult: result }) => {
      if (result.UpdateGroupType === 1) result.GroupId += 1;
    }),
  },
  {
    name: "a rename deletes the group and creates another one",
    foundBy: "life-of-a-group",
    wrap: calling(async ({ command, body }, send) => {
      const { From_Account } = body;
      const { UpdateGroupType, OldGroupName, NewGroupName } = body.UpdateGroup ?? {};
      if (command !== "update" || UpdateGroupType !== 1) return send(command, body);
      const deleted = await send("del", { From_Account, GroupName: [OldGroupName] });
      await send("create", { From_Account, GroupContactItem: [{ GroupName: NewGroupName }] });
      const [{ GroupId }] = deleted.GroupItem;
      return { UpdateType: 1, UpdateGroupResult: { UpdateGroupType, GroupName: NewGroupName, GroupId }, ...ok };
    }),
  },
  {
    name: "two groups can have one name after a rename",
    foundBy: "rename-to-existing-name",
    options: { settings: { renameToExisting: "accept" } },
  },
  {
    name: "a new name that is too long is cut off",
    foundBy: "new-group-name-bytes",
    wrap: changingRequest(({ body }) => {
      if (typeof body.UpdateGroup?.NewGroupName === "string")
        body.UpdateGroup.NewGroupName = body.UpdateGroup.NewGroupName.slice(0, 5);
    }),
  },
  {
    name: "a missing group has the code of an invalid field",
    foundBy: "missing-group-is-not-changed",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("ConversationGroupNotFound") ? fail("InvalidRequestParameter") : undefined,
    ),
  },
  {
    name: "a change of a missing group creates it",
    foundBy: "missing-group-is-not-changed",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "update" || response.ErrorCode !== codeOf("ConversationGroupNotFound")) return response;
      const { From_Account, UpdateGroup } = body;
      await send("create", { From_Account, GroupContactItem: [{ GroupName: UpdateGroup.OldGroupName }] });
      return response;
    }),
  },
  {
    name: "a removal adds the conversation",
    foundBy: "conversations-are-added-and-removed",
    wrap: changingItems("update", (item) => void (item.ContactOptType = 1)),
  },
  {
    name: "removals are done before additions",
    foundBy: "update-in-the-order-requested",
    wrap: changingItems(
      "update",
      () => {},
      (items) => items.toSorted((one, other) => other.ContactOptType - one.ContactOptType),
    ),
  },
  {
    name: "removing a conversation that is not in the group fails",
    foundBy: "removed-ungrouped-conversation",
    options: { settings: { removeUngrouped: "item" } },
  },
  {
    name: "a change reports success for a conversation that failed",
    foundBy: "added-unknown-peer-fails-alone",
    wrap: changingResults("update", withoutFailures),
  },
  {
    name: "every chat group exists when a group is changed",
    foundBy: "added-missing-chat-group-fails-alone",
    options: { settings: { chatGroups: "lenient" } },
  },
  {
    name: "a change accepts one more conversation, but does not add it",
    foundBy: "conversations-per-update",
    wrap: changingItems(
      "update",
      () => {},
      (items) => items.slice(0, mostChanges),
    ),
  },
  {
    name: "a change beyond the limit keeps what was done before",
    foundBy: "removed-conversation-makes-room",
    wrap: writingTheFirst("update", (body) => body.UpdateGroup.ContactUpdateItem, "TooManyConversations"),
  },
  {
    name: "a change beyond the limit fails for single conversations",
    foundBy: "removed-conversation-makes-room",
    options: { settings: { conversationCap: "item" } },
  },
  {
    name: "a deleted group is deleted again with success",
    foundBy: "deleted-group-is-gone",
    wrap: changing((response, { command, body }) =>
      command === "del" && response.ErrorCode === codeOf("ConversationGroupNotFound")
        ? { GroupItem: [{ GroupName: body.GroupName[0], GroupId: 1 }], ...ok }
        : undefined,
    ),
  },
  {
    name: "an ID is used again after a deletion",
    foundBy: "deleted-group-is-gone",
    wrap: (fetch, emulator) => {
      let free: number | undefined;
      return changing((response, { command }) => {
        if (command === "del" && response.ErrorCode === 0) free = response.GroupItem[0].GroupId;
        if (command === "create" && free !== undefined) response.GroupResultItem[0].GroupItem.GroupId = free;
      })!(fetch, emulator);
    },
  },
  {
    name: "a deletion leaves the group in its conversations",
    foundBy: "deleted-group-leaves-other-data",
    wrap: (fetch, emulator) => {
      let before: Json;
      return calling(async ({ command, body }, send) => {
        if (command === "del") before = await send("get", { From_Account: body.From_Account, StartIndex: 0 });
        const response = await send(command, body);
        return command === "get" && before ? { ...response, ContactItem: before.ContactItem } : response;
      })!(fetch, emulator);
    },
  },
  {
    name: "a deletion deletes the marks of its conversations",
    foundBy: "deleted-group-leaves-other-data",
    wrap: calling(async ({ command, body }, send) => {
      const { From_Account } = body;
      const { ContactItem: items = [] } = command === "del" ? await send("get", { From_Account, StartIndex: 0 }) : {};
      const MarkItem = items.map(({ Type, To_Account }: Json) => ({
        OptType: 3,
        ContactItem: {
          Type,
          To_Account,
        },
        ClearMark: allBits,
        CustomMark: "",
      }));
      if (MarkItem.length > 0) await send("mark", { From_Account, MarkItem });
      return send(command, body);
    }),
  },
  {
    name: "a deleted group still counts",
    foundBy: "deleted-group-makes-room",
    wrap: (fetch, emulator) => {
      let isFull = false;
      return changing((response, { command }) => {
        if (command === "create" && isFull) return fail("TooManyConversationGroups");
        isFull ||= response.ErrorCode === codeOf("TooManyConversationGroups");
        return undefined;
      })!(fetch, emulator);
    },
  },
  {
    name: "the bits of a marking are counted from 1",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingItems("mark", (item) => void (item.SetMark &&= item.SetMark.map((bit: number) => bit + 1))),
  },
  {
    name: "a marking replaces the marks",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingItems("mark", (item) => void (item.OptType !== 2 && (item.ClearMark = allBits))),
  },
  {
    name: "a marking clears the marks of other conversations",
    foundBy: "marks-of-others-stay",
    wrap: calling(async ({ command, body }, send) => {
      const { From_Account } = body;
      const { ContactItem: items = [] } = command === "mark" ? await send("get", { From_Account, StartIndex: 0 }) : {};
      const MarkItem = items.map(({ Type, To_Account }: Json) => ({
        OptType: 1,
        ContactItem: {
          Type,
          To_Account,
        },
        ClearMark: allBits,
      }));
      if (MarkItem.length > 0) await send("mark", { From_Account, MarkItem });
      return send(command, body);
    }),
  },
  {
    name: "a standard mark deletes the custom mark",
    foundBy: "kinds-of-marks-are-apart",
    wrap: changingItems(
      "mark",
      (item) => void (item.OptType === 1 && Object.assign(item, { OptType: 3, CustomMark: "" })),
    ),
  },
  {
    name: "a custom mark deletes the standard marks",
    foundBy: "kinds-of-marks-are-apart",
    wrap: changingItems(
      "mark",
      (item) => void (item.OptType === 2 && Object.assign(item, { OptType: 3, ClearMark: allBits })),
    ),
  },
  {
    name: "an empty custom mark is ignored",
    foundBy: "custom-mark-is-set-and-cleared",
    wrap: changingItems("mark", (item) => {
      if (item.CustomMark !== "") return;
      item.OptType = 1;
      delete item.CustomMark;
    }),
  },
  {
    name: "a custom mark that is too long is cut off",
    foundBy: "custom-mark-bytes",
    wrap: changingItems("mark", (item) => void (item.CustomMark &&= item.CustomMark.slice(0, 20))),
  },
  {
    name: "a mark of another kind is set as well",
    foundBy: "mark-of-another-kind-is-not-set",
    wrap: changingItems("mark", (item) => void (item.SetMark && item.CustomMark && (item.OptType = 3))),
  },
  {
    name: "marks are calculated as doubles",
    foundBy: "marks-of-the-first-and-last-bit",
    wrap: succeeding("get", ({ ContactItem }) => {
      for (const item of ContactItem) item.StandardMark &&= Number(`0b${item.StandardMark}`).toString(2);
    }),
  },
  {
    name: "bits without a name cannot be set",
    foundBy: "bits-without-a-name-can-be-set",
    options: { settings: { chatBits: "reject" } },
  },
  {
    name: "a bit that is set and cleared is cleared",
    foundBy: "bit-set-and-cleared-is-set",
    options: { settings: { markConflict: "clear" } },
  },
  {
    name: "get has only conversations in groups",
    foundBy: "marked-conversation-without-group",
    wrap: succeeding("get", (response) => {
      response.ContactItem = response.ContactItem.filter(({ ContactGroupId }: Json) => ContactGroupId);
    }),
  },
  {
    name: "a conversation stays in get without its last mark",
    foundBy: "unmarked-conversation-is-gone",
    wrap: (fetch, emulator) => {
      let before: Json[] = [];
      return succeeding("get", (response) => {
        if (response.ContactItem.length === 0)
          response.ContactItem = before.map((item) => ({ ...item, StandardMark: "" }));
        before = response.ContactItem;
      })!(fetch, emulator);
    },
  },
  {
    name: "a marking reports success for a conversation that failed",
    foundBy: "marked-unknown-peer-fails-alone",
    wrap: changingResults("mark", withoutFailures),
  },
  {
    name: "every chat group exists when a conversation is marked",
    foundBy: "marked-missing-chat-group-fails-alone",
    options: { settings: { chatGroups: "lenient" } },
  },
  {
    name: "a marking returns its results in another order",
    foundBy: "random/markContact/valid",
    wrap: changingResults("mark", (items) => items.toReversed()),
  },
  {
    name: "a marking accepts one more conversation, but does not mark it",
    foundBy: "conversations-per-mark",
    wrap: changingItems(
      "mark",
      () => {},
      (items) => items.slice(0, mostMarks),
    ),
  },
  {
    name: "a marking beyond the limit keeps what was done before",
    foundBy: "marked-conversations",
    wrap: writingTheFirst("mark", (body) => body.MarkItem, "TooManyConversations"),
  },
  {
    name: "one more conversation is marked",
    foundBy: "marked-conversations",
    wrap: changing((response, { command, body }) =>
      command === "mark" && response.ErrorCode === codeOf("TooManyConversations")
        ? {
            ResultItem: body.MarkItem.map(({ ContactItem }: Json) => ({ ContactItem, ResultCode: 0, ResultInfo: "" })),
            ...ok,
          }
        : undefined,
    ),
  },
];
