import type { RequestBody } from "@contact-groups/openapi/model";
import type { OperationSuccess, WritingContext } from "../operation.ts";
import { checkEdition, checkUser, groupNamed } from "../state/checks.ts";
import { groupItem, UserState } from "../state/user-state.ts";

export const rules = {
  "del.group": {
    what: "The group is deleted, and its ID is not used again. Its conversations keep their other groups and their marks; those without any are forgotten",
    evidence: "delete-en-2026, project",
  },
} as const;

/** Deletes a conversation group. */
export function run(
  { From_Account: userId, GroupName: [name = ""] }: RequestBody<"delContactGroup">,
  context: WritingContext,
): OperationSuccess<"delContactGroup", keyof typeof rules> {
  checkUser(userId, context);
  checkEdition(context);
  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const group = groupNamed(name, "/GroupName/0", user, context);
  user.removeGroup(group.id, Math.floor(context.now / 1000));
  user.save();
  return {
    members: { GroupItem: [groupItem(group)] },
    rule: "del.group",
    why: `The group ${group.id} was deleted`,
  };
}
