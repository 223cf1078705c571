import { limits } from "@contact-groups/openapi/model";
import type { SeedConversation } from "../seed-document.ts";
import { createPreset, freeAccount, names, type Preset } from "./preset.ts";

/** A user at every limit at once: of groups, of conversations in them, and of marks. */
export const fullUser: Preset = createPreset((userId) => {
  const groups = names("group", limits.groupsPerUser.maximum);
  const grouped = limits.groupedConversations.maximum;
  const marked = limits.markedConversations.maximum;
  const peers = names("peer", Math.max(grouped, marked));
  const conversations = peers.map((peer, index): SeedConversation => ({
    Type: 1,
    To_Account: peer,
    ...(index < grouped && { groups: groups.slice(index % groups.length, (index % groups.length) + 1) }),
    ...(index < marked && { standardMark: "1", customMark: "full" }),
  }));
  return {
    accounts: [freeAccount, ...peers],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations }],
  };
});
