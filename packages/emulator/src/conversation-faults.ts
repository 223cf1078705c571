/** Which conversations of a call fail because of a fault. The description declares the operations that report each conversation. */
import type { RequestConversation } from "@contact-groups/openapi/bodies";
import { type OperationId, operations } from "@contact-groups/openapi/model";
import type { FaultCounter } from "./fault-counter.ts";
import type { ConversationFault } from "./faults.ts";

/** A fault of conversations, with its counter. */
export interface ConversationEntry {
  readonly fault: ConversationFault;
  readonly counter: FaultCounter;
}

/** A conversation of a request that was not checked yet. */
export interface RequestedItem {
  /** JSON pointer of its list in the request. */
  readonly list: string;
  /** Its place in the list, from 0 on. */
  readonly index: number;
  /** `To_Account` or `ToGroupId`. */
  readonly id: unknown;
}

/** A conversation that fails because of a fault. */
export interface FailingItem extends ConversationEntry {
  /** Its place among all conversations of the request. */
  readonly position: number;
  readonly item: RequestedItem;
}

const itemResultsOf: Readonly<
  Record<OperationId, { readonly path: string; readonly itemResults?: { readonly request: string } }>
> = operations;

/** Returns the path of the conversations in the requests of an operation; undefined when its responses report none of them. */
export function itemPathOf(operation: OperationId): string | undefined {
  return itemResultsOf[operation].itemResults?.request;
}

/** The operations whose responses report each conversation. */
export const itemOperations: readonly OperationId[] = (Object.keys(operations) as OperationId[]).filter(
  (operation) => itemPathOf(operation) !== undefined,
);

/** Returns the conversations of a body that was not checked yet; none for an operation that does not report each of them. */
export function itemsOf(operation: OperationId | undefined, body: unknown): readonly RequestedItem[] {
  const path = operation && itemPathOf(operation);
  return path === undefined ? [] : itemsAt(body, path.split("/").slice(1), "");
}

function itemsAt(value: unknown, [name, ...rest]: readonly string[], pointer: string): readonly RequestedItem[] {
  if (name !== undefined && name !== "*") {
    const inner: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    return itemsAt(inner, rest, `${pointer}/${name}`);
  }
  if (!Array.isArray(value)) return [];
  if (name === "*") return value.flatMap((inner: unknown, index) => itemsAt(inner, rest, `${pointer}/${index}`));
  return value.map((item: unknown, index) => ({ list: pointer, index, id: idOf(item) }));
}

/** An item of a list: a conversation, or what is to be done with one. */
type Item = Partial<RequestConversation & { readonly ContactItem: RequestConversation }>;

function idOf(item: unknown): unknown {
  const { ContactItem: conversation = item } = (item ?? {}) as Item;
  const { Type, To_Account, ToGroupId } = (conversation ?? {}) as Readonly<Record<string, unknown>>;
  return Number(Type) === 1 ? To_Account : ToGroupId;
}

/** The conversations of a call that match a fault. */
interface MatchingItems {
  readonly isMatch: boolean;
  /** Those that fail because of it. */
  readonly failing: readonly FailingItem[];
}

/** Matches conversations with the faults of conversations. Each of these counts the conversations that it matches; the first one that is due decides. */
export function matchItems(entries: readonly ConversationEntry[], items: readonly RequestedItem[]): MatchingItems {
  const pending = new Map<ConversationEntry, number>();
  const failing: FailingItem[] = [];
  let isMatch = false;
  for (const [position, item] of items.entries()) {
    let first: ConversationEntry | undefined;
    for (const entry of entries.filter(({ fault }) => matches(fault, item))) {
      isMatch = true;
      if (entry.counter.match(pending.get(entry))) first ??= entry;
    }
    if (!first) continue;
    pending.set(first, (pending.get(first) ?? 0) + 1);
    failing.push({ ...first, position, item });
  }
  return { isMatch, failing };
}

function matches({ id, index }: ConversationFault, item: RequestedItem): boolean {
  return (id === undefined || id === item.id) && (index === undefined || index === item.index);
}
