/** Faults in pages and limits. */
import { limits, requestBodies } from "@contact-groups/openapi/model";
import { codeOf } from "../../src/operations.ts";
import { answering, asking, fail, type Fault, succeeding } from "./fault.ts";

const created = requestBodies.createContactGroup.fields.GroupContactItem.items.fields;
const groups: number = limits.groupsPerUser.maximum;
const name = { most: created.GroupName.maxBytes, disputed: created.GroupName.maxBytesDisputed };
const perCreate = created.ContactItem.maxItems;
const perSearch = requestBodies.searchContactGroup.fields.ContactItem.maxItems;

/** Makes good a call that was refused. */
const toSuccess = (error: string): Fault["wrap"] =>
  answering((answer) => {
    if (answer.ErrorCode !== codeOf(error)) return undefined;
    const GroupResultItem = [{ GroupItem: { GroupName: "one more", GroupId: 99 }, ResultItem: [] }];
    return { GroupResultItem, ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
  });

export const limitFaults: readonly Fault[] = [
  {
    name: "NextStartIndex is missing",
    caughtBy: "all-pages-are-pulled",
    wrap: succeeding("get", (answer) => void delete answer.NextStartIndex),
  },
  {
    name: "CompleteFlag is never 1",
    caughtBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (answer) => void (answer.CompleteFlag = 0)),
  },
  {
    name: "CompleteFlag is always 1",
    caughtBy: "all-pages-are-pulled",
    wrap: succeeding("get", (answer) => void (answer.CompleteFlag = 1)),
  },
  {
    name: "CompleteFlag is the other way round",
    caughtBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (answer) => void (answer.CompleteFlag = 1 - answer.CompleteFlag)),
  },
  {
    name: "NextStartIndex stays where it was",
    caughtBy: "all-pages-are-pulled",
    wrap: succeeding("get", (answer, { body }) => void (answer.NextStartIndex = body.StartIndex)),
  },
  {
    name: "the next page begins with the last conversation again",
    caughtBy: "all-pages-are-pulled",
    wrap: succeeding("get", (answer) => void (answer.NextStartIndex > 0 && answer.NextStartIndex--)),
  },
  {
    name: "the next page leaves a conversation out",
    caughtBy: "all-pages-are-pulled",
    wrap: succeeding("get", (answer) => void (answer.NextStartIndex > 0 && answer.NextStartIndex++)),
  },
  {
    name: "the last conversation comes first",
    caughtBy: "get-in-the-order-kept",
    wrap: succeeding("get", (answer) => void (answer.ContactItem = answer.ContactItem.toReversed())),
  },
  {
    name: "a page beyond the end is refused",
    caughtBy: "page-beyond-the-end",
    wrap: answering((_, { body }) => (body?.StartIndex > 10_000 ? fail("InvalidRequestParameter") : undefined)),
  },
  { name: "one group more is allowed", caughtBy: "groups-per-user", wrap: toSuccess("TooManyConversationGroups") },
  {
    name: "one group less is allowed",
    caughtBy: "groups-per-user",
    wrap: answering((answer, { command }) =>
      command === "create" && answer.GroupResultItem?.[0]?.GroupItem.GroupId === groups
        ? fail("TooManyConversationGroups")
        : undefined,
    ),
  },
  {
    name: "the bytes of a name are counted as letters",
    caughtBy: "group-name-over-every-reading",
    options: { settings: { groupNameBytes: 4 * name.most } },
  },
  {
    name: "a name may have as many bytes as one document says",
    caughtBy: "group-name-over-32-bytes",
    options: { settings: { groupNameBytes: name.disputed } },
  },
  {
    name: "a name may have one byte less",
    caughtBy: "group-name-bytes",
    options: { settings: { groupNameBytes: name.most - 1 } },
  },
  {
    name: "a name that is too long is cut off",
    caughtBy: "group-name-over-every-reading",
    wrap: asking(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (typeof group?.GroupName === "string") group.GroupName = group.GroupName.slice(0, 10);
    }),
  },
  {
    name: "one conversation more is put into a group, and nobody is told that it is not",
    caughtBy: "conversations-per-create",
    wrap: asking(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (Array.isArray(group?.ContactItem)) group.ContactItem.length = Math.min(group.ContactItem.length, perCreate);
    }),
  },
  {
    name: "too many conversations have the code of any wrong field",
    caughtBy: "conversations-per-create",
    wrap: answering((answer) =>
      answer.ErrorCode === codeOf("InvalidConversationCount") ? fail("InvalidRequestParameter") : undefined,
    ),
  },
  {
    name: "one conversation more is searched, and nobody is told that it is not",
    caughtBy: "conversations-per-search",
    wrap: asking(({ command, body }) => {
      if (command === "search" && Array.isArray(body.ContactItem))
        body.ContactItem.length = Math.min(body.ContactItem.length, perSearch);
    }),
  },
  {
    name: "a search takes as many conversations as a creation",
    caughtBy: "conversations-per-search",
    wrap: answering((_, { command, body }) =>
      command === "search" && body?.ContactItem?.length > perCreate ? fail("InvalidConversationCount") : undefined,
    ),
  },
  {
    name: "one conversation more is grouped",
    caughtBy: "grouped-conversations",
    wrap: toSuccess("TooManyConversations"),
  },
  {
    name: "the earliest conversation makes room for one too many",
    caughtBy: "grouped-conversations",
    options: { settings: { conversationCap: "evict" } },
  },
];
