import type {
  CreateContactGroupRequest,
  GroupContactItem,
  GroupItem,
  RequestConversation,
} from "@contact-groups/openapi/bodies";
import { requestBodies } from "@contact-groups/openapi/model";
import type { CallInit } from "../call-init.ts";
import type { Client } from "../client.ts";
import type { ItemFailure } from "../declared.ts";
import {
  ApiError,
  BatchError,
  ContactGroupsError,
  PartialFailureError,
  ProtocolError,
  QueueError,
  ThrottleError,
} from "../errors.ts";
import { withOwnPointers } from "../own-pointers.ts";
import { itemKey } from "../partial-failure.ts";
import { addToContactGroup } from "./update-contact-group.ts";

/** A conversation group, and the conversations that are to be in it. */
export interface EnsureContactGroupRequest extends Pick<CreateContactGroupRequest, "From_Account"> {
  /** Name of the conversation group. */
  readonly GroupName: GroupContactItem["GroupName"];
  /**
   * The conversations. Their number has no limit.
   *
   * @default none
   */
  readonly ContactItem?: readonly RequestConversation[] | undefined;
}

/** What `ensureContactGroup` found and did. */
export interface EnsuredContactGroup {
  /** Name and ID of the group; undefined if no response has them. */
  readonly GroupItem: GroupItem | undefined;
  /** Whether the group was not there when the call began. */
  readonly created: boolean;
  /** The conversations that were not in the group when the call began, and are now; each once. */
  readonly added: readonly RequestConversation[];
  /** The conversations that could not be added, with pointers into the caller's argument. They are returned also with `throwOnPartialFailure`. */
  readonly failures: readonly EnsureFailure[];
}

type EnsureFailure = Pick<ItemFailure<"createContactGroup">, "ContactItem" | "ResultCode" | "ResultInfo" | "pointer">;

const { ContactItem: conversationList } = requestBodies.createContactGroup.fields.GroupContactItem.items.fields;
const keyOf = itemKey(conversationList.items);
/** Calls that change something and end without a result, before the error of the last is thrown. */
const mostAttempts = 3;

/**
 * Ensures that a conversation group is there and has some conversations, whatever it has already. It looks, creates the group with as many conversations as one
 * call can hold, and adds the others. Where a call ends without a response, so that it may have run, it looks again and does what is missing. So it is safe to
 * repeat, also after a crash and in several processes at a time. It removes nothing.
 *
 * @param init Options of each call.
 * @throws What the calls throw. After a third call without a response, the error of that call.
 * @example
 * ```ts
 * const { created, added, failures } = await ensureContactGroup(client, {
 *   From_Account: "user15",
 *   GroupName: "family",
 *   ContactItem: [c2c("user0"), g2c("@TGS#1B2AUI7RZ")],
 * });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53437 Creating Conversation Group Data, 2026-04-14
 */
export async function ensureContactGroup(
  client: Pick<Client, "createContactGroup" | "iterateContactGroup"> & Parameters<typeof addToContactGroup>[0],
  request: EnsureContactGroupRequest,
  init?: CallInit,
): Promise<EnsuredContactGroup> {
  const { From_Account, GroupName, ContactItem = [] } = request ?? {};
  const ownInit: CallInit = { ...init, lane: init?.lane ?? "interactive" };
  const failures = new Map<number, EnsureFailure>();
  /** Indexes of the conversations, each once; those that name none are left to the checks of the calls. */
  const wanted = [...new Map(Array.from(ContactItem, (one, index) => [keyOf(one) ?? index, index])).values()];
  let before: Found | undefined;
  let failed: { readonly error: unknown; readonly hadGroup: boolean } | undefined;

  for (let attempt = 1; ; attempt++) {
    const found = await look();
    before ??= found;
    const hasGroup = found.group !== undefined;
    let { group } = found;
    // A conversation that failed before is missing, and gets another chance.
    failures.clear();
    // A rejected call is the last, unless the reason is that the group came or went.
    if (failed && !mayHaveRun(failed.error) && failed.hadGroup === hasGroup) throw failed.error;
    const missing = wanted.filter((index) => !found.has(ContactItem[index]));
    try {
      if (!hasGroup) {
        const first = missing.splice(0, conversationList.maxItems);
        group = await create(first);
      }
      if (missing.length > 0) await add(missing);
      const added = wanted.filter((index) => !before?.has(ContactItem[index]) && !failures.has(index));
      return {
        GroupItem: group,
        created: before.group === undefined,
        added: added.map((index) => ContactItem[index]!),
        failures: [...failures].toSorted(([one], [other]) => one - other).map(([, failure]) => failure),
      };
    } catch (error) {
      if (!(mayHaveRun(error) || isRejected(error)) || attempt >= mostAttempts) throw error;
      failed = { error, hadGroup: hasGroup };
    }
  }

  async function look(): Promise<Found> {
    let group: GroupItem | undefined;
    const groupsOf = new Map<string | undefined, readonly (number | string)[]>();
    for await (const page of client.iterateContactGroup({ From_Account }, ownInit).pages()) {
      group ??= page.GroupItem?.find((one) => one.GroupName === GroupName);
      for (const item of page.ContactItem ?? []) groupsOf.set(keyOf(item), item.ContactGroupId ?? []);
    }
    const id = String(group?.GroupId);
    return { group, has: (item) => groupsOf.get(keyOf(item))?.some((one) => String(one) === id) ?? false };
  }

  async function create(indexes: readonly number[]): Promise<GroupItem | undefined> {
    const items = indexes.map((index) => ContactItem[index]!);
    const body = { From_Account, GroupContactItem: [{ GroupName, ...(items.length > 0 && { ContactItem: items }) }] };
    const call = withOwnPointers(client.createContactGroup(body, ownInit), (pointer) =>
      toOwn(pointer.replace(/^\/GroupContactItem\/0/, ""), indexes),
    );
    const { GroupResultItem, failures: failedNow } = await resultOf(call);
    keep(failedNow);
    return GroupResultItem?.[0]?.GroupItem;
  }

  async function add(indexes: readonly number[]): Promise<void> {
    const items = indexes.map((index) => ContactItem[index]!);
    const call = addToContactGroup(client, { From_Account, GroupName, ContactItem: items }, ownInit);
    keep((await resultOf(withOwnPointers(call, (pointer) => toOwn(pointer, indexes)))).failures);
  }

  function keep(some: readonly EnsureFailure[]): void {
    for (const { ContactItem: item, ResultCode, ResultInfo, pointer } of some) {
      const index = Number(pointer?.slice("/ContactItem/".length));
      failures.set(index, { ContactItem: item, ResultCode, ResultInfo, pointer });
    }
  }
}

/** What is there. */
interface Found {
  readonly group: GroupItem | undefined;
  /** Returns whether a conversation is in the group. */
  has(conversation: unknown): boolean;
}

/** Returns the pointer into the caller's list of a pointer into a list of some of its items. */
function toOwn(pointer: string, indexes: readonly number[]): string {
  return pointer.replace(/^\/ContactItem\/(\d+)/, (_, index: string) => `/ContactItem/${indexes[Number(index)]}`);
}

/** Returns the result of a call, also where its client throws failures of single items. */
function resultOf<Result extends object>(call: Promise<Result>): Promise<Result> {
  return call.catch((error: unknown) => {
    if (error instanceof PartialFailureError) return error.result as object as Result;
    throw error;
  });
}

/** Returns whether a call ended without a result, so that nobody knows whether it has run. */
function mayHaveRun(error: unknown): boolean {
  const cause = error instanceof BatchError ? error.cause : error;
  if (!(cause instanceof ContactGroupsError) || cause instanceof ThrottleError || cause instanceof QueueError)
    return false;
  // A response that was cut off, or replaced, is one that the service does not send.
  return cause.retryable || cause instanceof ProtocolError;
}

/** Returns whether the service rejected a request, as where the group exists, or exists no longer. */
function isRejected(error: unknown): boolean {
  return error instanceof ApiError && error.category === "request";
}
