import { eitherOf, show } from "@contact-groups/core/check";
import type { MarkContactRequest, MarkItem, NewCustomMark, RequestConversation } from "@contact-groups/openapi/bodies";
import { bitFields } from "@contact-groups/openapi/model";
import type { BatchInit } from "../call-init.ts";
import type { Client } from "../client.ts";
import type { OperationResult } from "../declared.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { StandardMarkName } from "../marks.ts";
import { withOwnPointers, withOwnProgress } from "../own-pointers.ts";

/**
 * Marks to set and to clear. At least one of the three is given. A mark that none of them names stays as it is.
 *
 * @example
 * ```ts
 * const important: MarkChange = { set: ["star", 40], clear: ["fold"], CustomMark: "vip" };
 * ```
 */
export interface MarkChange {
  /** Standard marks to set, by name or by the number of the bit. */
  readonly set?: readonly (StandardMarkName | number)[] | undefined;
  /** Standard marks to clear, by name or by the number of the bit. None of them can be in `set`. */
  readonly clear?: readonly (StandardMarkName | number)[] | undefined;
  /** The new custom mark. An empty string clears it. */
  readonly CustomMark?: NewCustomMark | undefined;
}

/** Conversations, and the marks that are set and cleared for each of them. */
export interface MarkConversationsRequest extends Pick<MarkContactRequest, "From_Account">, MarkChange {
  /** The conversations, one or more. Their number has no limit. */
  readonly ContactItem: readonly RequestConversation[];
}

/**
 * Sets and clears the same marks of conversations. More than one call can hold are marked in several calls, one after the other.
 *
 * The result has the `failures` of all calls. If a call fails, those after it are not sent. If calls before it succeeded, the error is a `BatchError` with
 * their results (`partial`) and the items of the operation that were not sent or have no result (`missing`), each with its `ContactItem`.
 *
 * @param init Options of each call.
 * @throws As `client.markContact`, with pointers into `request`. An `InvalidArgumentError` if a mark is unknown, or both set and cleared, or if
 *   there is none, or if the list is empty.
 * @example
 * ```ts
 * await markConversations(client, { From_Account: "user15", ContactItem: [c2c("user0")], set: ["star"], clear: ["unread", 40] });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53438 Creating or Updating Conversation Mark Data, 2026-04-14
 */
export async function markConversations(
  client: Pick<Client, "markContact">,
  request: MarkConversationsRequest,
  init?: BatchInit<"markContact">,
): Promise<OperationResult<"markContact">> {
  const marks = toMarks("request", request);
  const { From_Account, ContactItem: list } = request;
  // Anything but a list is left to the client's check of the request.
  const items = Array.isArray(list)
    ? Array.from(list as readonly RequestConversation[], (ContactItem) => ({ ContactItem, ...marks }))
    : (list as never);
  const toOwn = (pointer: string): string =>
    pointer
      .replace(/^\/MarkItem\/\d+\/CustomMark/, "/CustomMark")
      .replace(/^\/MarkItem(\/\d+)?(\/ContactItem)?/, "/ContactItem$1");
  return withOwnPointers(client.markContact({ From_Account, MarkItem: items }, withOwnProgress(init, toOwn)), toOwn);
}

/**
 * Creates an item of a `client.markContact` call, in which each conversation has its own marks.
 *
 * @param conversation A conversation, such as of `c2c` or `g2c`.
 * @param marks The marks to set and to clear.
 * @throws `InvalidArgumentError` if a mark is unknown, or both set and cleared, or if there is none.
 * @example
 * ```ts
 * const MarkItem = [markItem(c2c("user0"), { set: ["star"] }), markItem(c2c("user1"), { clear: ["star"], CustomMark: "" })];
 * await client.markContact({ From_Account: "user15", MarkItem });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53438 Creating or Updating Conversation Mark Data, 2026-04-14
 */
export function markItem(conversation: RequestConversation, marks: MarkChange): MarkItem {
  return { ContactItem: conversation, ...toMarks("marks", marks) };
}

type MarksOf<Item> = Item extends unknown ? Omit<Item, "ContactItem"> : never;

/** Returns the marks as an item of the request has them. Lists that are empty are left out. */
function toMarks(argument: string, marks: MarkChange): MarksOf<MarkItem> {
  const { set, clear, CustomMark } = marks ?? {};
  if (set === undefined && clear === undefined && CustomMark === undefined) {
    const found = typeof marks === "object" && marks !== null ? "one without them" : show(marks);
    throw new InvalidArgumentError(argument, "an object with set, clear or CustomMark", found);
  }
  const SetMark = toBits("set", [], set);
  const ClearMark = toBits("clear", SetMark, clear);
  const standard = { ...(SetMark.length > 0 && { SetMark }), ...(ClearMark.length > 0 && { ClearMark }) };
  if (CustomMark === undefined) return { OptType: 1, ...standard };
  return SetMark.length + ClearMark.length > 0 ? { OptType: 3, CustomMark, ...standard } : { OptType: 2, CustomMark };
}

/** Returns the numbers of marks, each once; `set` are those that they must not have. */
function toBits(argument: string, set: readonly number[], marks: MarkChange["set"] = []): number[] {
  const { bits: named, width } = bitFields.StandardMark;
  const numbers: Readonly<Record<string, number>> = named;
  if (!Array.isArray(marks)) throw new InvalidArgumentError(argument, "an array", show(marks));
  const bits = Array.from(marks, (mark, index) => {
    const bit = typeof mark === "string" && Object.hasOwn(numbers, mark) ? numbers[mark] : mark;
    if (typeof bit !== "number" || !Number.isInteger(bit) || bit < 0 || bit >= width) {
      const names = eitherOf(Object.keys(numbers).map((name) => JSON.stringify(name)));
      const expected = `${names}, or a bit from 0 to ${width - 1}`;
      throw new InvalidArgumentError(`${argument}[${index}]`, expected, show(mark));
    }
    if (set.includes(bit))
      throw new InvalidArgumentError(`${argument}[${index}]`, "a mark that set does not have", show(mark));
    return bit;
  });
  return [...new Set(bits)];
}
