/** What the operations have in common: users, conversations and what they need. */
export const stateRules = {
  "user.imported": {
    what: "The user in `From_Account` was imported",
    evidence: "search-en-2026",
    setting: "accounts",
    error: "UserNotImported",
  },
  "create.peer-imported": {
    what: "A `To_Account` that was not imported fails alone",
    evidence: "project",
    setting: "unknownPeer",
    error: "UserNotImported",
  },
  "create.chat-group": {
    what: "A chat group that is missing, disbanded or without the user fails alone",
    evidence: "errors-2025, web-sdk-3.6.6",
    setting: "unknownPeer",
    error: "ChatGroupUnavailable",
  },
  "create.chat-group-known": {
    what: "A chat group exists when it was seeded",
    evidence: "project",
    setting: "chatGroups",
    error: "ChatGroupUnavailable",
  },
  "create.conversation-cap": {
    what: "Beyond the cap the whole call fails and nothing is written",
    evidence: "search-en-2026, native-sdk-marks",
    setting: "conversationCap",
    limit: "groupedConversations",
  },
  "create.cap-scope": {
    what: "The cap counts the user's different conversations that are in any group",
    evidence: "get-en-2023, create-zh-2025, create-en-2026-03",
    setting: "conversationCapScope",
    limit: "groupedConversations",
  },
  "state.timestamp": {
    what: "A change of a conversation's groups or marks sets its `Timestamp`; a repetition does not",
    evidence: "project",
  },
} as const;
