import { limits } from "../generated/limits.ts";
import { createPreset, freeAccount, names, type Preset } from "./preset.ts";

/** A user with as many groups as there may be, all of them empty. */
export const twentyGroups: Preset = createPreset((userId) => ({
  accounts: [freeAccount],
  users: [{ userId, groups: names("group", limits.groupsPerUser.maximum).map((name) => ({ name })) }],
}));
