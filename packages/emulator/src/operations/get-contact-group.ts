import type { RequestBody } from "@contact-groups/openapi/model";
import { noItems, WrittenList } from "../json.ts";
import type { OperationContext, OperationSuccess } from "../operation.ts";
import { checkUser } from "../state/checks.ts";

export const rules = {
  "get.page": {
    what: "Conversations are returned in the order in which they were first added, `pageSize` on a page, and all groups with each page",
    evidence: "get-en-2023, project",
    setting: "pageSize",
  },
  "get.beyond-end": {
    what: "A `StartIndex` beyond the end returns an empty list and `CompleteFlag` 1",
    evidence: "project",
  },
  "get.empty-group": {
    what: "A group without conversations is only in `GroupItem`",
    evidence: "project",
  },
} as const;

/** Reads one page of the conversations that are in a group or have a mark. */
export function run(
  { From_Account: userId, StartIndex: start }: RequestBody<"getContactGroup">,
  context: OperationContext,
): OperationSuccess<"getContactGroup", keyof typeof rules> {
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
    why: isBeyond ? `StartIndex ${start} is beyond the end` : `The page begins at StartIndex ${start}`,
  };
}
