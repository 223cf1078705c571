import { limits } from "@contact-groups/openapi/model";
import { createPreset, freeAccount, names, type Preset } from "./preset.ts";

/** A user with as many groups as there may be, all of them empty. */
export const allGroups: Preset = createPreset((userId) => ({
  accounts: [freeAccount],
  users: [{ userId, groups: names("group", limits.groupsPerUser.maximum).map((name) => ({ name })) }],
}));
