import { createPreset, freeAccount, names, type Preset } from "./preset.ts";

/** A user with a conversation in a chat group that was disbanded after it was put into a conversation group. */
export const disbandedGroup: Preset = createPreset((userId) => {
  const groups = names("group", 1);
  const ToGroupId = "@TGS#DISBANDED";
  return {
    accounts: [freeAccount],
    chatGroups: [{ id: ToGroupId, disbanded: true }],
    users: [{ userId, groups: groups.map((name) => ({ name })), conversations: [{ Type: 2, ToGroupId, groups }] }],
  };
});
