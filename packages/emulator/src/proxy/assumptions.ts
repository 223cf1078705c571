/** What a response of the service says about accounts and chat groups, of which the proxy knows nothing else. */
import { toInteger } from "@contact-groups/core/json";
import { errorCodes } from "@contact-groups/openapi/model";
import { chatGroupField, isMembers, peerField, walk } from "./differences.ts";
import type { ObservedCall } from "./observed-call.ts";
import type { Assumption } from "./shadow.ts";

/** What is certain about accounts: whether they were imported. */
export type KnownAccounts = ReadonlyMap<string, boolean>;

interface AssumptionParts {
  readonly call: ObservedCall;
  /** The service's response. */
  readonly body: unknown;
  /** Whether the service has already accepted the user. */
  readonly isUserSeen: boolean;
  /** The accounts that are certain; empty when every UserID counts as imported. */
  readonly certain: KnownAccounts;
}

const none: ReadonlySet<string> = new Set();

/**
 * Returns what can be true of the accounts and chat groups of a call, so that the emulator is compared under each. A response with the results
 * of single conversations leaves one possibility.
 */
export function assumptionsOf(parts: AssumptionParts): readonly Assumption[] {
  const { certain, call } = parts;
  return possibilities(parts).map(({ missingAccounts, unusableChatGroups }) => {
    const missing = new Set(missingAccounts);
    for (const userId of call.shadow.accounts) {
      const imported = certain.get(userId);
      if (imported === true) missing.delete(userId);
      if (imported === false) missing.add(userId);
    }
    return { missingAccounts: missing, unusableChatGroups };
  });
}

const everythingIsThere: Assumption = { missingAccounts: none, unusableChatGroups: none };

function possibilities({ call, body, isUserSeen }: AssumptionParts): readonly Assumption[] {
  const { user, shadow } = call;
  const code = isMembers(body) ? toInteger(body["ErrorCode"]) : NaN;
  const chatGroups = new Set(shadow.chatGroups);
  if (code === errorCodes.UserNotImported) {
    const others = new Set(shadow.accounts.filter((userId) => userId !== user));
    const othersMissing = { missingAccounts: others, unusableChatGroups: none };
    const userMissing = { missingAccounts: new Set(user === undefined ? [] : [user]), unusableChatGroups: none };
    return isUserSeen ? [othersMissing] : [userMissing, othersMissing];
  }
  if (code === errorCodes.ChatGroupUnavailable)
    return [{ missingAccounts: none, unusableChatGroups: chatGroups }, everythingIsThere];
  if (code !== 0) return [everythingIsThere];

  const missing = new Set<string>();
  const unusable = new Set<string>();
  const found = new Set<string>();
  walk(body, (item) => {
    const { ContactItem, ResultCode, UserID, AccountStatus } = item;
    const of = isMembers(ContactItem) ? ContactItem : item;
    if (typeof of[chatGroupField] === "string" && isKept(item)) found.add(of[chatGroupField]);
    const result = toInteger(ResultCode);
    if (result === errorCodes.UserNotImported && typeof of[peerField] === "string") missing.add(of[peerField]);
    if (result === errorCodes.ChatGroupUnavailable && typeof of[chatGroupField] === "string")
      unusable.add(of[chatGroupField]);
    if (typeof UserID === "string" && AccountStatus === "NotImported") missing.add(UserID);
  });
  const shown = { missingAccounts: missing, unusableChatGroups: unusable };
  // A search that succeeds can have left out a chat group that cannot be used, or have an empty item for it.
  const absent = new Set([...chatGroups].filter((id) => !found.has(id)));
  return absent.size > 0 && !call.writes ? [shown, { missingAccounts: missing, unusableChatGroups: absent }] : [shown];
}

/** Whether an item has groups or marks. */
function isKept({ ContactGroupId, StandardMark, CustomMark }: Readonly<Record<string, unknown>>): boolean {
  return [ContactGroupId, StandardMark, CustomMark].some((value) => String(value ?? "") !== "");
}

/** Returns what `account_check` says of accounts. */
export function checkedAccounts(body: unknown): KnownAccounts {
  const known = new Map<string, boolean>();
  walk(body, ({ UserID, AccountStatus }) => {
    if (typeof UserID !== "string") return;
    if (AccountStatus === "Imported") known.set(UserID, true);
    if (AccountStatus === "NotImported") known.set(UserID, false);
  });
  return known;
}
