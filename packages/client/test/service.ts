import type { GetContactGroupOk, MarkedConversation } from "@contact-groups/openapi/bodies";
import { requestBodies, type OperationId } from "@contact-groups/openapi/model";
import type { CallInit, IterateInit, Send } from "../src/call-init.ts";
import { itemKey } from "../src/partial-failure.ts";
import { iterate, type PageIterator } from "../src/pages.ts";

const conversationKey = itemKey(requestBodies.searchContactGroup.fields.ContactItem.items);

/** The fields of every successful response. */
export const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" } as const;

/** A call that reached the service of a test. */
export interface SentCall {
  readonly operation: OperationId;
  readonly body: object;
  readonly init: CallInit | undefined;
}

/** Responds to calls within the test, and records them. */
export function sendTo(respond: (call: SentCall, index: number) => unknown): Send & { readonly calls: SentCall[] } {
  const calls: SentCall[] = [];
  const send: Send = async <Operation extends OperationId>(operation: Operation, body: object, init?: CallInit) => {
    const call = { operation, body, init };
    calls.push(call);
    // The test decides what the service responds, also what it should not.
    return (await respond(call, calls.length - 1)) as Awaited<ReturnType<typeof send<Operation>>>;
  };
  return Object.assign(send, { calls });
}

/** One-to-one conversations "user0", "user1" … , each in the groups with these IDs. */
export function conversations(count: number, groupIds: readonly number[] = []): MarkedConversation[] {
  return Array.from({ length: count }, (_, index) => ({
    Type: 1,
    To_Account: `user${index}`,
    StandardMark: "",
    ContactGroupId: [...groupIds],
    Timestamp: 0,
  }));
}

/** Responds to `getContactGroup` from a list of pages. A `StartIndex` is the number of a page. */
export function pagesOf(...pages: readonly Partial<GetContactGroupOk>[]): Send & { readonly calls: SentCall[] } {
  return sendTo(({ body }) => {
    const { StartIndex } = body as { readonly StartIndex: number };
    const last = StartIndex === pages.length - 1;
    return { ...ok, CompleteFlag: last ? 1 : 0, NextStartIndex: last ? 0 : StartIndex + 1, ...pages[StartIndex] };
  });
}

/** Responds to `searchContactGroup` with the known conversations, in the order of the request, with the names of their groups. */
export function searchService(
  known: readonly MarkedConversation[],
  names: ReadonlyMap<number | string, string> = new Map(),
): Send & { readonly calls: SentCall[] } {
  const found = new Map(known.map((item) => [conversationKey(item), item]));
  return sendTo(({ body }) => {
    const { ContactItem } = body as { readonly ContactItem: readonly object[] };
    const ContactResultItem = ContactItem.flatMap((item) => found.get(conversationKey(item)) ?? []);
    const ids = new Set(ContactResultItem.flatMap((item) => item.ContactGroupId ?? []));
    return {
      ...ok,
      ContactResultItem,
      GroupItem: [...ids].map((GroupId) => ({ GroupId, GroupName: names.get(GroupId) ?? "" })),
    };
  });
}

/** Collects the items of an iteration. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Iterates over the pages of `getContactGroup`. */
export function iterateContactGroup(send: Send, body: object, init?: IterateInit): PageIterator<"getContactGroup"> {
  return iterate(send, "getContactGroup", body, init);
}
