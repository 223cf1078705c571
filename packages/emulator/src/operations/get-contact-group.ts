import type { GetContactGroupRequest } from "@contact-groups/client";
import { checkUser } from "./check-user.ts";
import type { OperationContext, Outcome } from "./operation.ts";

/** Pulls one page of the conversations that are in a group or carry a mark. */
export function getContactGroup(body: GetContactGroupRequest, context: OperationContext): Outcome {
  const { From_Account: userId, StartIndex: start } = body;
  checkUser(userId, context);
  const { store, settings, sdkAppId } = context;
  const key = { sdkAppId, userId };
  const user = store.user(key);
  const { json, next } = store.page(key, start, settings.pageSize);
  const end = next === undefined ? `"CompleteFlag":1,"NextStartIndex":0` : `"CompleteFlag":0,"NextStartIndex":${next}`;
  const isBeyond = start > 0 && start >= (user?.nextPosition ?? 0);
  return {
    members: `"ContactItem":[${json}],"GroupItem":[${user?.groupsJson ?? ""}],${end}`,
    rule: isBeyond ? "get.beyond-end" : "get.page",
    why: isBeyond ? `StartIndex ${start} is beyond the end` : `A page from StartIndex ${start} on`,
  };
}
