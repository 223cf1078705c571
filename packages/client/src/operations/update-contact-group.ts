import type { RenamedGroup, RequestConversation, UpdateContactGroupRequest } from "@contact-groups/openapi/bodies";
import type { BatchInit, CallInit } from "../call-init.ts";
import type { Client } from "../client.ts";
import type { OperationResult } from "../declared.ts";
import { withOwnPointers, withOwnProgress } from "../own-pointers.ts";

/** A client that can change conversation groups: of `createClient`, or of `createMockClient`. */
type UpdatingClient = Pick<Client, "updateContactGroup">;
type UpdateInit = BatchInit<"updateContactGroup">;
type Owner = Pick<UpdateContactGroupRequest, "From_Account">;

/** The new name of a conversation group. */
export interface RenameContactGroupRequest extends Owner, Omit<RenamedGroup, "UpdateGroupType"> {}

/** A conversation group, and the conversations to add to it or to remove from it. */
export interface GroupConversationsRequest extends Owner {
  /** Name of the conversation group. */
  readonly GroupName: RenamedGroup["OldGroupName"];
  /** The conversations, one or more. Their number has no limit. */
  readonly ContactItem: readonly RequestConversation[];
}

/**
 * Renames a conversation group. It keeps its ID and its conversations.
 *
 * @param init Options of the call.
 * @throws As `client.updateContactGroup`, with pointers into `request`. The error has code 51009 if no group has the old name.
 * @example
 * ```ts
 * await renameContactGroup(client, { From_Account: "user15", OldGroupName: "family", NewGroupName: "relatives" });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53439 Updating Conversation Group Data, 2026-04-14
 */
export async function renameContactGroup(
  client: UpdatingClient,
  request: RenameContactGroupRequest,
  init?: CallInit,
): Promise<OperationResult<"updateContactGroup">> {
  const { From_Account, OldGroupName, NewGroupName } = request ?? {};
  const UpdateGroup: RenamedGroup = { UpdateGroupType: 1, OldGroupName, NewGroupName };
  const call = client.updateContactGroup({ From_Account, UpdateType: 1, UpdateGroup }, init);
  return withOwnPointers(call, (pointer) => pointer.replace(/^\/UpdateGroup/, ""));
}

/**
 * Adds conversations to a conversation group. More than one call can hold are added in several calls, one after the other.
 *
 * The result has the `failures` of all calls. If a call fails, those after it are not sent. If calls before it succeeded, the error is a `BatchError` with
 * their results (`partial`) and the items of the operation that were not sent or have no result (`missing`), each with its `ContactItem`.
 *
 * @param init Options of each call.
 * @throws As `client.updateContactGroup`, with pointers into `request`. The error has code 51009 if there is no such group. It is an
 *   `InvalidArgumentError` if the list is empty.
 * @example
 * ```ts
 * const { failures } = await addToContactGroup(client, { From_Account: "user15", GroupName: "family", ContactItem: [c2c("user0")] });
 * for (const { pointer, ResultCode } of failures) console.log(pointer, ResultCode); // /ContactItem/0 50001
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53439 Updating Conversation Group Data, 2026-04-14
 */
export function addToContactGroup(
  client: UpdatingClient,
  request: GroupConversationsRequest,
  init?: UpdateInit,
): Promise<OperationResult<"updateContactGroup">> {
  return regroup(client, 1, request, init);
}

/**
 * Removes conversations from a conversation group, in as many calls as needed, as `addToContactGroup` adds them. They keep their other groups and
 * their marks.
 *
 * @param init Options of each call.
 * @throws As `addToContactGroup`.
 * @example
 * ```ts
 * await removeFromContactGroup(client, { From_Account: "user15", GroupName: "family", ContactItem: [c2c("user0")] });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53439 Updating Conversation Group Data, 2026-04-14
 */
export function removeFromContactGroup(
  client: UpdatingClient,
  request: GroupConversationsRequest,
  init?: UpdateInit,
): Promise<OperationResult<"updateContactGroup">> {
  return regroup(client, 2, request, init);
}

async function regroup(
  client: UpdatingClient,
  ContactOptType: 1 | 2,
  request: GroupConversationsRequest,
  init: UpdateInit | undefined,
): Promise<OperationResult<"updateContactGroup">> {
  const { From_Account, GroupName, ContactItem: list } = request ?? {};
  // Anything but a list is left to the client's check of the request.
  const ContactUpdateItem = Array.isArray(list)
    ? Array.from(list as readonly RequestConversation[], (ContactItem) => ({ ContactOptType, ContactItem }))
    : (list as never);
  const UpdateGroup = { UpdateGroupType: 2, OldGroupName: GroupName, ContactUpdateItem } as const;
  const toOwn = (pointer: string): string =>
    pointer
      .replace(/^\/UpdateGroup\/OldGroupName/, "/GroupName")
      .replace(/^\/UpdateGroup\/ContactUpdateItem(\/\d+)?(\/ContactItem)?/, "/ContactItem$1");
  const body = { From_Account, UpdateType: 1, UpdateGroup } as const;
  return withOwnPointers(client.updateContactGroup(body, withOwnProgress(init, toOwn)), toOwn);
}
