import { gateErrors } from "../generated/gate.ts";
import { limits } from "../generated/limits.ts";
import type { Rule } from "../rule.ts";

/** What the operations do. */
export const operationRules: readonly Rule[] = [
  {
    id: "user.imported",
    what: "The user in `From_Account` was imported",
    evidence: "search-en-2026",
    setting: "accounts",
    error: "UserNotImported",
  },
  {
    id: "create.one-group",
    what: "A call creates one group",
    evidence: "create-zh-2023",
    error: gateErrors.body,
  },
  { id: "create.name-empty", what: "A group's name is not empty", evidence: "project", error: gateErrors.body },
  {
    id: "create.name-bytes",
    what: "A group's name has at most so many bytes in UTF-8, and no half of a surrogate pair",
    evidence: "create-zh-2023 (32), create-en-2026 (64)",
    setting: "groupNameBytes",
    error: "GroupNameTooLong",
  },
  {
    id: "create.conversation-count",
    what: "A call has at most as many conversations as the schema allows; an empty list is taken",
    evidence: "native-sdk-8.0, create-en-2026",
    setting: "emptyCreate",
    error: "InvalidConversationCount",
  },
  {
    id: "create.edition",
    what: "The app's edition includes conversation groups",
    evidence: "create-zh-2023",
    setting: "edition",
    error: "EditionRequired",
  },
  {
    id: "create.existing-name",
    what: "A name that exists: that group gets the conversations and keeps its ID",
    evidence: "project",
    setting: "existingName",
    error: gateErrors.body,
  },
  {
    id: "create.group-count",
    what: "A user has at most so many groups",
    evidence: "create-zh-2023, search-en-2026",
    error: limits.groupsPerUser.error,
  },
  {
    id: "create.peer-imported",
    what: "A `To_Account` that was not imported fails alone",
    evidence: "project",
    setting: "unknownPeer",
    error: "UserNotImported",
  },
  {
    id: "create.chat-group",
    what: "A chat group that is missing, disbanded or without the user fails alone",
    evidence: "errors-2025, web-sdk-3.6.6",
    setting: "unknownPeer",
    error: "ChatGroupUnavailable",
  },
  {
    id: "create.chat-group-known",
    what: "A chat group exists when it was seeded",
    evidence: "project",
    setting: "chatGroups",
    error: "ChatGroupUnavailable",
  },
  {
    id: "create.conversation-cap",
    what: "Beyond the cap the whole call fails and nothing is written",
    evidence: "search-en-2026, native-sdk-marks",
    setting: "conversationCap",
    error: limits.groupedConversations.error,
  },
  {
    id: "create.cap-scope",
    what: "The cap counts the user's different conversations that are in any group",
    evidence: "get-en-2023, create-zh-2025, create-en-2026-03",
    setting: "conversationCapScope",
    error: limits.groupedConversations.error,
  },
  {
    id: "create.new-group",
    what: "IDs rise by one per user from 1 and are never used again",
    evidence: "get-en-2023, project",
  },
  {
    id: "state.timestamp",
    what: "A change of a conversation's groups or marks sets its `Timestamp`; a repetition does not",
    evidence: "project",
  },
  {
    id: "get.page",
    what: "Conversations come in the order in which they were first kept, so many on a page; all groups with each page",
    evidence: "get-en-2023, project",
    setting: "pageSize",
  },
  {
    id: "get.beyond-end",
    what: "A `StartIndex` beyond the end: an empty list, `CompleteFlag` 1",
    evidence: "project",
  },
  {
    id: "get.empty-group",
    what: "A group without conversations is in `GroupItem` only",
    evidence: "project",
  },
  {
    id: "search.found",
    what: "Conversations come in the order of the request, each once, with all groups of the user",
    evidence: "search-en-2026, project",
  },
  {
    id: "search.conversation-count",
    what: "A call has as many conversations as the schema allows, and one at least",
    evidence: "search-en-2026, project",
    error: gateErrors.body,
  },
  {
    id: "search.unknown-conversation",
    what: "A conversation without groups and marks is left out",
    evidence: "project",
    setting: "unknownConversations",
  },
  {
    id: "search.chat-group",
    what: "A chat group that is missing, disbanded or without the user fails the call",
    evidence: "search-en-2026",
    setting: "searchChatGroup",
    error: "ChatGroupUnavailable",
  },
  {
    id: "core.failure",
    what: "An error of the emulator itself: nothing is written",
    evidence: "errors-2025",
    error: "InternalFailure",
  },
];
