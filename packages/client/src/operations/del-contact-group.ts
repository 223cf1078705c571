import type { DelContactGroupRequest } from "@contact-groups/openapi/bodies";
import type { CallInit } from "../call-init.ts";
import type { Client } from "../client.ts";
import type { OperationResult } from "../declared.ts";
import { withOwnPointers } from "../own-pointers.ts";

/** The conversation group to delete. */
export interface DeleteContactGroupRequest extends Pick<DelContactGroupRequest, "From_Account"> {
  /** Name of the conversation group. */
  readonly GroupName: DelContactGroupRequest["GroupName"][number];
}

/**
 * Deletes a conversation group. Its conversations keep their other groups and their marks.
 *
 * @param init Options of the call.
 * @throws As `client.delContactGroup`, with pointers into `request`. The error has code 51009 if there is no such group.
 * @example
 * ```ts
 * await deleteContactGroup(client, { From_Account: "user15", GroupName: "family" });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53441 Deleting Conversation Group Data, 2026-04-14
 */
export async function deleteContactGroup(
  client: Pick<Client, "delContactGroup">,
  request: DeleteContactGroupRequest,
  init?: CallInit,
): Promise<OperationResult<"delContactGroup">> {
  const { From_Account, GroupName } = request ?? {};
  const call = client.delContactGroup({ From_Account, GroupName: [GroupName] }, init);
  return withOwnPointers(call, (pointer) => pointer.replace(/^\/GroupName\/0/, "/GroupName"));
}
