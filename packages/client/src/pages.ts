import type {
  GetContactGroupOk,
  GetContactGroupRequest,
  GroupItem,
  MarkedConversation,
} from "@contact-groups/openapi/bodies";
import type { IterateInit } from "./client.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { ProtocolError } from "./errors/protocol-error.ts";
import { readList } from "./read-list.ts";
import type { Send } from "./send.ts";
import { toNumber } from "./to-number.ts";

/** Body of the first page's request. `StartIndex` is 0 unless given. */
export type IterateContactGroupRequest = Omit<GetContactGroupRequest, "StartIndex"> &
  Partial<Pick<GetContactGroupRequest, "StartIndex">>;

/** A conversation group that a conversation is in. The name is undefined if no page so far has told it. */
export type NamedGroup = Readonly<Pick<GroupItem, "GroupId"> & { GroupName: GroupItem["GroupName"] | undefined }>;

/** A conversation with the names of the conversation groups it is in: one for each of `ContactGroupId`. */
export type GroupedConversation = MarkedConversation & { readonly groups: readonly NamedGroup[] };

/**
 * A user's conversations. Each loop over it starts anew and pulls a page when the one before is used up; nothing is pulled ahead, so
 * `break` sends nothing more and only one page is held.
 *
 * Throws what `getContactGroup` throws, and a `ProtocolError` when the service says that there is more but not where: a
 * `NextStartIndex` that does not advance.
 */
export interface ContactGroupIterator extends AsyncIterable<GroupedConversation> {
  /**
   * Goes through the pages as the service sends them. To go on later, keep `NextStartIndex` and give it as `startIndex`.
   *
   * @example
   * ```ts
   * for await (const page of client.iterateContactGroup({ From_Account: "user15" }).pages())
   *   console.log(page.ContactItem?.length, page.NextStartIndex);
   * ```
   */
  pages(): AsyncIterable<GetContactGroupOk>;
  /**
   * Collects the conversations in a list.
   *
   * @param options `limit`: the most to collect, all unless given. No page is pulled that it does not need. Rejects with an
   *   `InvalidArgumentError` if it is negative or not a number.
   * @example
   * ```ts
   * const first = await client.iterateContactGroup({ From_Account: "user15" }).toArray({ limit: 500 });
   * ```
   */
  toArray(options?: { readonly limit?: number | undefined }): Promise<GroupedConversation[]>;
}

const operation = "getContactGroup";

/** Goes through a user's grouped and marked conversations. `init` is for each call. */
export function iterateContactGroup(
  send: Send,
  body: IterateContactGroupRequest,
  init: IterateInit = {},
): ContactGroupIterator {
  return {
    pages: () => pullPages(send, body, init),
    [Symbol.asyncIterator]: () => joinNames(pullPages(send, body, init)),
    async toArray({ limit = Infinity } = {}) {
      if (!(limit >= 0)) throw new InvalidArgumentError("limit", "a number from 0 on", String(limit), { operation });
      const list: GroupedConversation[] = [];
      if (limit > 0) for await (const item of this) if (list.push(item) >= limit) break;
      return list;
    },
  };
}

async function* pullPages(
  send: Send,
  body: IterateContactGroupRequest,
  init: IterateInit,
): AsyncGenerator<GetContactGroupOk, void> {
  let start = init.startIndex ?? body?.StartIndex ?? 0;
  for (;;) {
    const page = await send(operation, { ...body, StartIndex: start }, init);
    yield page;
    const flag: unknown = page.CompleteFlag;
    const next = toNumber(page.NextStartIndex ?? 0);
    // Both fields are optional: an answer with neither says nothing of more.
    if (toNumber(flag) === 1 || (flag == null && next === 0)) return;
    if (!(Number.isSafeInteger(next) && next > start))
      throw new ProtocolError(operation, 1, "its NextStartIndex does not advance");
    start = next;
  }
}

/** Joins the names in. A page's table may lack a group that an earlier page has named, so the names are kept: one per group. */
async function* joinNames(pages: AsyncIterable<GetContactGroupOk>): AsyncGenerator<GroupedConversation, void> {
  const named = new Map<unknown, NamedGroup>();
  for await (const page of pages) {
    for (const group of readList<GroupItem>(operation, page, "GroupItem")) named.set(group.GroupId, group);
    for (const item of readList<MarkedConversation>(operation, page, "ContactItem")) {
      const ids = Array.isArray(item.ContactGroupId) ? item.ContactGroupId : [];
      yield { ...item, groups: ids.map((GroupId) => named.get(GroupId) ?? { GroupId, GroupName: undefined }) };
    }
  }
}
