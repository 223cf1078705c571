import type {
  CreateContactGroupOk,
  CreateContactGroupRequest,
  GroupResultItem,
  ResultItem,
} from "@contact-groups/openapi/bodies";
import type { CreateContactGroupResult } from "./client.ts";
import { conversationKey } from "./conversation-key.ts";
import { PartialFailureError } from "./errors/partial-failure-error.ts";
import { readList } from "./read-list.ts";
import { toNumber } from "./to-number.ts";

/** A conversation that a create did not add to its group, although the call succeeded. */
export interface ConversationFailure extends ResultItem {
  /** Name of the conversation group. */
  readonly GroupName: string;
  /** JSON pointer of the conversation in the request's body; undefined if the request does not name it. */
  readonly pointer: string | undefined;
}

const operation = "createContactGroup";

/** Adds to the answer of a create the conversations that failed. Throws them as a `PartialFailureError` if that is wanted. */
export function toPartialResult(
  answer: CreateContactGroupOk,
  request: CreateContactGroupRequest,
  throwOnPartialFailure: boolean | undefined,
): CreateContactGroupResult {
  const result = withFailures(answer, request);
  if (throwOnPartialFailure && result.failures.length > 0) throw new PartialFailureError(result);
  return result;
}

/** Adds to the answer of a create the conversations that failed: those with a `ResultCode` other than 0. */
export function withFailures(
  answer: CreateContactGroupOk,
  request: CreateContactGroupRequest,
): CreateContactGroupResult {
  const failures: ConversationFailure[] = [];
  readList<GroupResultItem>(operation, answer, "GroupResultItem").forEach((group, groupIndex) => {
    const asked = request.GroupContactItem?.[groupIndex];
    const keys = Array.isArray(asked?.ContactItem) ? asked.ContactItem.map(conversationKey) : [];
    readList<ResultItem>(operation, group, "ResultItem").forEach((item, index) => {
      // A gateway that leaves out zeros leaves out this one. What is no number at all is a failure.
      const ResultCode = toNumber(item.ResultCode ?? 0);
      if (ResultCode === 0) return;
      const key = conversationKey(item.ContactItem);
      const place = keys[index] === key ? index : keys.indexOf(key);
      const pointer =
        key === undefined || place < 0 ? undefined : `/GroupContactItem/${groupIndex}/ContactItem/${place}`;
      failures.push({ ...item, ResultCode, GroupName: group.GroupItem?.GroupName ?? asked?.GroupName ?? "", pointer });
    });
  });
  return { ...answer, failures };
}
