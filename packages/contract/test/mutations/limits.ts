/** Faults in pages and limits. */
import { limits, requestBodies } from "@contact-groups/openapi/model";
import { codeOf } from "../code-of.ts";
import { changing, changingRequest, fail, type Mutation, succeeding } from "./mutation.ts";

const created = requestBodies.createContactGroup.fields.GroupContactItem.items.fields;
const groups: number = limits.groupsPerUser.maximum;
const name = { most: created.GroupName.maxBytes, disputed: created.GroupName.maxBytesDisputed };
const perCreate = created.ContactItem.maxItems;
const perSearch = requestBodies.searchContactGroup.fields.ContactItem.maxItems;

/** Makes good a call that was rejected. */
const toSuccess = (error: string): Mutation["wrap"] =>
  changing((response) => {
    if (response.ErrorCode !== codeOf(error)) return undefined;
    const GroupResultItem = [{ GroupItem: { GroupName: "one more", GroupId: 99 }, ResultItem: [] }];
    return { GroupResultItem, ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
  });

export const limitMutations: readonly Mutation[] = [
  {
    name: "NextStartIndex is missing",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void delete response.NextStartIndex),
  },
  {
    name: "CompleteFlag is never 1",
    foundBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (response) => void (response.CompleteFlag = 0)),
  },
  {
    name: "CompleteFlag is always 1",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void (response.CompleteFlag = 1)),
  },
  {
    name: "CompleteFlag is inverted",
    foundBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (response) => void (response.CompleteFlag = 1 - response.CompleteFlag)),
  },
  {
    name: "NextStartIndex does not change",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response, { body }) => void (response.NextStartIndex = body.StartIndex)),
  },
  {
    name: "the next page begins with the last conversation again",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void (response.NextStartIndex > 0 && response.NextStartIndex--)),
  },
  {
    name: "the next page omits a conversation",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void (response.NextStartIndex > 0 && response.NextStartIndex++)),
  },
  {
    name: "the last conversation is first",
    foundBy: "get-in-the-order-kept",
    wrap: succeeding("get", (response) => void (response.ContactItem = response.ContactItem.toReversed())),
  },
  {
    name: "a page beyond the end is rejected",
    foundBy: "page-beyond-the-end",
    wrap: changing((_, { body }) => (body?.StartIndex > 10_000 ? fail("InvalidRequestParameter") : undefined)),
  },
  { name: "one more group is allowed", foundBy: "groups-per-user", wrap: toSuccess("TooManyConversationGroups") },
  {
    name: "one group fewer is allowed",
    foundBy: "groups-per-user",
    wrap: changing((response, { command }) =>
      command === "create" && response.GroupResultItem?.[0]?.GroupItem.GroupId === groups
        ? fail("TooManyConversationGroups")
        : undefined,
    ),
  },
  {
    name: "the length of a name is counted in characters",
    foundBy: "group-name-over-every-reading",
    wrap: changing((response, { body }) => {
      const { GroupName = "" } = body?.GroupContactItem?.[0] ?? {};
      if (response.ErrorCode !== codeOf("GroupNameTooLong") || [...GroupName].length > name.most) return undefined;
      const GroupResultItem = [{ GroupItem: { GroupName, GroupId: 1 }, ResultItem: [] }];
      return { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", GroupResultItem };
    }),
  },
  {
    name: "a name can have as many bytes as one document allows",
    foundBy: "group-name-over-32-bytes",
    options: { settings: { groupNameBytes: name.disputed } },
  },
  {
    name: "a name can have one byte fewer",
    foundBy: "group-name-bytes",
    options: { settings: { groupNameBytes: name.most - 1 } },
  },
  {
    name: "a name that is too long is cut off",
    foundBy: "group-name-over-every-reading",
    wrap: changingRequest(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (typeof group?.GroupName === "string") group.GroupName = group.GroupName.slice(0, 10);
    }),
  },
  {
    name: "a create accepts one more conversation, but does not add it",
    foundBy: "conversations-per-create",
    wrap: changingRequest(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (Array.isArray(group?.ContactItem)) group.ContactItem.length = Math.min(group.ContactItem.length, perCreate);
    }),
  },
  {
    name: "too many conversations have the code of any invalid field",
    foundBy: "conversations-per-create",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("InvalidConversationCount") ? fail("InvalidRequestParameter") : undefined,
    ),
  },
  {
    name: "a search accepts one more conversation, but does not search for it",
    foundBy: "conversations-per-search",
    wrap: changingRequest(({ command, body }) => {
      if (command === "search" && Array.isArray(body.ContactItem))
        body.ContactItem.length = Math.min(body.ContactItem.length, perSearch);
    }),
  },
  {
    name: "a search finds no more conversations than a create has",
    foundBy: "all-pages-are-read",
    wrap: succeeding("search", (response) => void response.ContactResultItem.splice(perCreate)),
  },
  {
    name: "a search accepts as many conversations as a create",
    foundBy: "conversations-per-search",
    wrap: changing((_, { command, body }) =>
      command === "search" && body?.ContactItem?.length > perCreate ? fail("InvalidConversationCount") : undefined,
    ),
  },
  {
    name: "one more conversation is grouped",
    foundBy: "grouped-conversations",
    wrap: toSuccess("TooManyConversations"),
  },
  {
    name: "one conversation too many replaces the earliest one",
    foundBy: "grouped-conversations",
    options: { settings: { conversationCap: "evict" } },
  },
];
