import type { MarkItem, MarkResultItem } from "@contact-groups/openapi/bodies";
import { bitFields, type RequestBody, requestChecks } from "@contact-groups/openapi/model";
import { CallError, type CallFailure } from "../failure.ts";
import { countResults, runItem } from "../item-results.ts";
import type { OperationSuccess, WritingContext } from "../operation.ts";
import { checkEdition, checkPeer, checkUser, enforceMarkCap } from "../state/checks.ts";
import { conversationItem, toKey, UserState } from "../state/user-state.ts";

export const rules = {
  "mark.set": {
    what: "Marks are set and cleared in the order of the request; a mark that an item does not name stays as it is",
    evidence: "mark-en-2024, mark-en-2026",
  },
  "mark.conflict": {
    what: "A bit that an item both sets and clears is set",
    evidence: "project",
    setting: "markConflict",
  },
  "mark.chat-bits": {
    what: "Bits that have no name and are not the app's own can be set",
    evidence: "project",
    setting: "chatBits",
    check: "body",
  },
  "mark.custom-edition": {
    what: "Standard marks need the edition, custom marks do not",
    evidence: "mark-en-2024, mark-en-2025",
    setting: "customMarkEdition",
    error: "EditionRequired",
  },
} as const;

type MarkRule = keyof typeof rules;

/** Sets and clears marks of conversations. */
export function run(
  { From_Account: userId, MarkItem: items }: RequestBody<"markContact">,
  context: WritingContext,
): OperationSuccess<"markContact", MarkRule> {
  checkUser(userId, context);
  if (items.some(({ OptType }) => OptType !== 2)) checkEdition(context);
  checkCustomMarkEdition(context);
  for (const [index, item] of items.entries()) checkBits(item, `/MarkItem/${index}`, context);
  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const results = items.map((item, index): MarkResultItem => {
    const { OptType, ContactItem } = item;
    const result = runItem(index, context, () => mark(item, userId, user, context));
    return { OptType, ContactItem: conversationItem(toKey(ContactItem)), ...result };
  });
  user.save();
  return { members: { ResultItem: results }, rule: "mark.set", why: `The call marked ${countResults(results)}` };
}

function mark(item: MarkItem, userId: string, user: UserState, context: WritingContext): CallFailure | undefined {
  const key = toKey(item.ContactItem);
  const failure = checkPeer(key, userId, context);
  if (failure) return failure;
  const before = user.conversation(key);
  const standardMark = item.OptType === 2 ? undefined : withBits(before?.standardMark ?? "", item, context);
  const customMark = item.OptType === 1 ? undefined : item.CustomMark;
  const isMarked =
    (standardMark ?? before?.standardMark ?? "") !== "" || (customMark ?? before?.customMark ?? "") !== "";
  const tooMany = isMarked ? enforceMarkCap(key, user, context) : undefined;
  if (!tooMany && (before || isMarked)) user.mark(key, { standardMark, customMark }, Math.floor(context.now / 1000));
  return tooMany;
}

/** Fails a call that sets only custom marks, when these need the edition too. */
function checkCustomMarkEdition({ settings: { edition, customMarkEdition } }: WritingContext): void {
  if (edition === "included" || customMarkEdition === "any") return;
  const why = "The settings edition and customMarkEdition say that the app's edition does not include custom marks";
  throw new CallError<MarkRule>({ rule: "mark.custom-edition", error: "EditionRequired", why });
}

/** The items that set or clear bits. */
type StandardItem = Exclude<MarkItem, { readonly OptType: 2 }>;

/** Returns a standard mark after its bits were set and cleared, without leading zeros; the same text if no bit changed. */
function withBits(
  text: string,
  { SetMark: set = [], ClearMark: clear = [] }: StandardItem,
  { settings }: WritingContext,
): string {
  const before = BigInt(`0b0${text}`);
  const [on, off] = [bitsOf(set), bitsOf(clear)];
  const after = settings.markConflict === "set" ? (before & ~off) | on : (before | on) & ~off;
  if (after === before) return text;
  return after === 0n ? "" : after.toString(2);
}

function bitsOf(numbers: readonly number[]): bigint {
  return numbers.reduce((bits, number) => bits | (1n << BigInt(number)), 0n);
}

const { bits: named, appBits } = bitFields.StandardMark;
const known: ReadonlySet<number> = new Set(Object.values(named));

function checkBits(item: MarkItem, place: string, { settings }: WritingContext): void {
  if (item.OptType === 2 || settings.chatBits === "accept") return;
  for (const field of ["ClearMark", "SetMark"] as const) {
    const index = (item[field] ?? []).findIndex((bit) => bit < appBits.first && !known.has(bit));
    if (index < 0) continue;
    const why = `${place}/${field}/${index} must be a bit with a name, or from ${appBits.first} to ${appBits.last}`;
    throw new CallError<MarkRule>({ rule: "mark.chat-bits", error: requestChecks.body.name, why });
  }
}
