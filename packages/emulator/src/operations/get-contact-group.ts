import type { RequestBody } from "@contact-groups/openapi/model";
import type { OperationContext, Outcome } from "../core/operation.ts";
import { noItems, WrittenList } from "../json.ts";
import { checkUser } from "../state/user.ts";

export const rules = {
  "get.page": {
    what: "Conversations come in the order in which they were first kept, `pageSize` on a page; all groups with each page",
    evidence: "get-en-2023, project",
    setting: "pageSize",
  },
  "get.beyond-end": {
    what: "A `StartIndex` beyond the end: an empty list, `CompleteFlag` 1",
    evidence: "project",
  },
  "get.empty-group": {
    what: "A group without conversations is in `GroupItem` only",
    evidence: "project",
  },
} as const;

/** Pulls one page of the conversations that are in a group or carry a mark. */
export function run(
  { From_Account: userId, StartIndex: start }: RequestBody<"getContactGroup">,
  context: OperationContext,
): Outcome<"getContactGroup"> {
  checkUser(userId, context);
  const { store, settings, sdkAppId } = context;
  const key = { sdkAppId, userId };
  const user = store.user(key);
  const { json, next } = store.page(key, start, settings.pageSize);
  const isBeyond = start > 0 && start >= (user?.nextPosition ?? 0);
  return {
    members: {
      ContactItem: new WrittenList(json),
      GroupItem: new WrittenList(user?.groupsJson ?? noItems),
      CompleteFlag: next === undefined ? 1 : 0,
      NextStartIndex: next ?? 0,
    },
    rule: isBeyond ? "get.beyond-end" : "get.page",
    why: isBeyond ? `StartIndex ${start} is beyond the end` : `A page from StartIndex ${start} on`,
  };
}
