import { errorCodes, type ErrorName, errors, type OperationId, operations } from "@contact-groups/openapi/model";
import { expect } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions, type SeedApp, type Settings } from "../src/index.ts";

/** The time at which the tests' emulators are frozen. */
export const now = 1_775_217_000_000;
export const seconds: number = now / 1000;

/** A user with an account, two others, and chat groups in every state. */
export const people: SeedApp = {
  accounts: ["ann", "bob", "cat"],
  chatGroups: [{ id: "@TGS#open" }, { id: "@TGS#gone", disbanded: true }, { id: "@TGS#others", members: ["bob"] }],
};

/** An emulator whose clock is frozen, with `people` in it unless other seeds are given. */
export function emulate(settings: Partial<Settings> = {}, options: EmulatorOptions = {}): Emulator {
  return createEmulator({ seed: { apps: [people] }, now: () => now, settings, ...options });
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly method?: string;
}

/** The members of a response of any operation. */
export interface Body {
  readonly ActionStatus: string;
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  readonly [name: string]: any;
}

/** Calls an operation with a body, as text or as a JSON value. */
export async function call(
  { fetch }: Emulator,
  operation: OperationId,
  body: unknown,
  { query, path = operations[operation].path, method = "POST" }: CallOptions = {},
): Promise<Body> {
  const url = new URL(path, "http://emulator.test");
  const given = {
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: "any-text",
    random: "1",
    contenttype: "json",
    ...query,
  };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) url.searchParams.set(name, value);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method, ...(method === "POST" && { body: text }) });
  if (response.status !== 200) throw new Error(`The status is ${response.status}.`);
  return (await response.json()) as Body;
}

export type Conversation =
  | { readonly Type: 1; readonly To_Account: string }
  | { readonly Type: 2; readonly ToGroupId: string };

export const to = (userId: string): Conversation => ({ Type: 1, To_Account: userId });
export const at = (groupId: string): Conversation => ({ Type: 2, ToGroupId: groupId });

/** Creates a group for ann. */
export function create(
  emulator: Emulator,
  name: string,
  conversations?: readonly Conversation[],
  options: CallOptions = {},
): Promise<Body> {
  const group = { GroupName: name, ...(conversations && { ContactItem: conversations }) };
  return call(emulator, "createContactGroup", { From_Account: "ann", GroupContactItem: [group] }, options);
}

/** Changes a group of ann. */
export function update(emulator: Emulator, change: object): Promise<Body> {
  return call(emulator, "updateContactGroup", { From_Account: "ann", UpdateType: 1, UpdateGroup: change });
}

/** Renames a group of ann. */
export function rename(emulator: Emulator, OldGroupName: string, NewGroupName: string): Promise<Body> {
  return update(emulator, { UpdateGroupType: 1, OldGroupName, NewGroupName });
}

export const added = (ContactItem: Conversation): object => ({ ContactOptType: 1, ContactItem });
export const removed = (ContactItem: Conversation): object => ({ ContactOptType: 2, ContactItem });

/** Adds conversations to a group of ann, and removes them from it. */
export function regroup(emulator: Emulator, OldGroupName: string, ...items: readonly object[]): Promise<Body> {
  return update(emulator, { UpdateGroupType: 2, OldGroupName, ContactUpdateItem: items });
}

/** Deletes a group of ann. */
export function remove(emulator: Emulator, name: string): Promise<Body> {
  return call(emulator, "delContactGroup", { From_Account: "ann", GroupName: [name] });
}

/** A standard mark, and a custom mark, as items of `mark`. */
export const bits = (
  ContactItem: Conversation,
  SetMark?: readonly number[],
  ClearMark?: readonly number[],
): object => ({
  OptType: 1,
  ContactItem,
  ...(SetMark && { SetMark }),
  ...(ClearMark && { ClearMark }),
});
export const custom = (ContactItem: Conversation, CustomMark: string): object => ({
  OptType: 2,
  ContactItem,
  CustomMark,
});

/** Marks conversations of ann. */
export function mark(emulator: Emulator, ...items: readonly object[]): Promise<Body> {
  return call(emulator, "markContact", { From_Account: "ann", MarkItem: items });
}

/** The results of a call for its conversations. */
export function codes({ GroupResultItem, UpdateGroupResult, ResultItem }: Body): readonly number[] {
  const results = GroupResultItem?.[0].ResultItem ?? UpdateGroupResult?.ContactResultItem ?? ResultItem;
  return results.map(({ ResultCode }: { readonly ResultCode: number }) => ResultCode);
}

export function get(emulator: Emulator, start = 0, options: CallOptions = {}): Promise<Body> {
  return call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: start }, options);
}

export function search(emulator: Emulator, conversations: readonly Conversation[]): Promise<Body> {
  return call(emulator, "searchContactGroup", { From_Account: "ann", ContactItem: conversations });
}

/** The failure of this name, as far as its code and its rule go. */
export function failure(name: ErrorName, rule: string): object {
  return {
    ActionStatus: "FAIL",
    ErrorCode: errorCodes[name],
    ErrorInfo: expect.stringContaining(`${errors[errorCodes[name]].message.replace(/\.$/, "")}. [${rule}] `),
  };
}
