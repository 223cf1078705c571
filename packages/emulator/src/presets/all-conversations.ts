import { limits } from "@contact-groups/openapi/model";
import type { SeedConversation } from "../seed-document.ts";
import { createPreset, freeAccount, names, type Preset } from "./preset.ts";

/** A user with one group, in which there are as many conversations as there may be. */
export const allConversations: Preset = createPreset((userId) => {
  const groups = names("group", 1);
  const peers = names("peer", limits.groupedConversations.maximum);
  const conversations = peers.map((peer): SeedConversation => ({ Type: 1, To_Account: peer, groups }));
  return {
    accounts: [freeAccount, ...peers],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations }],
  };
});
