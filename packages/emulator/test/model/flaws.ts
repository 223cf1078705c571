/** Requests that a request check rejects in every state. */
import { type ErrorName, requestChecks as checks, type OperationId } from "@contact-groups/openapi/model";
import bundle from "@contact-groups/openapi" with { type: "json" };
import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { Settings } from "../../src/index.ts";

/** The parts of a request. */
export interface Parts {
  method: string;
  path: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
  /** What is sent in place of `body`. */
  text?: string | UnreadableBody;
}

/** What is wrong with a request. A call that fails in its `head` is not counted by the rate limit. */
export interface Flaw {
  readonly name: string;
  readonly at: "head" | "body";
  readonly error: ErrorName;
  /** The setting that can ignore it. */
  readonly setting?: "random" | "unknownFields" | "nullFields" | undefined;
  /** Whether the call then has no conversations. */
  readonly hidesItems?: boolean | undefined;
}

/** Whether the settings ignore a flaw. */
export function isIgnored({ setting }: Flaw, settings: Settings): boolean {
  return setting !== undefined && settings[setting] === "ignore";
}

interface Spoiler extends Omit<Flaw, "name"> {
  readonly spoil: (parts: Parts) => unknown;
  readonly only?: OperationId;
}

const {
  GroupContactItem,
  SearchContactGroupRequest,
  RegroupedConversations,
  MarkContactRequest,
  GroupName,
  NewCustomMark,
} = bundle.components.schemas;
const bob = { Type: 1, To_Account: "bob" };
const changed = { ContactOptType: 1, ContactItem: bob };
const marked = { OptType: 2, ContactItem: bob, CustomMark: "x" };
const mostChanged = RegroupedConversations.properties.ContactUpdateItem.maxItems;
const mostMarked = MarkContactRequest.properties.MarkItem.maxItems;
const list = (count: number, item: object): object[] => Array.from({ length: count }, () => item);
const group = (fields: object) => (it: Parts) => {
  const [given] = it.body["GroupContactItem"] as object[];
  it.body["GroupContactItem"] = [{ ...given, ...fields }];
};
const update = (fields: object) => (it: Parts) => (it.body["UpdateGroup"] = { OldGroupName: "a", ...fields });

const head = (error: ErrorName, change: Spoiler["spoil"]): Spoiler => ({ at: "head", error, spoil: change });
const body = (change: Spoiler["spoil"], only?: OperationId, error: ErrorName = checks.body.name): Spoiler => ({
  at: "body",
  error,
  spoil: change,
  ...(only && { only }),
});

const ignorable = (spoiler: Spoiler, more: Pick<Flaw, "setting" | "hidesItems">): Spoiler => ({ ...spoiler, ...more });
const unknown: Pick<Flaw, "setting"> = { setting: "unknownFields" };

const spoilers: Readonly<Record<string, Spoiler>> = {
  "a path of no operation": head(checks.path.name, (it) => (it.path += "/")),
  "another method": head(checks.method.name, (it) => (it.method = "GET")),
  "no sdkappid": head("SdkAppIdMissing", (it) => delete it.query["sdkappid"]),
  "another type of content": head(checks.query.name, (it) => (it.query["contenttype"] = "x")),
  "a random that is not a number": ignorable(
    head(checks.query.name, (it) => (it.query["random"] = "x")),
    { setting: "random" },
  ),
  "an unknown app": head(checks.app.name, (it) => (it.query["sdkappid"] = "1")),
  "a UserSig of wrong characters": head(checks.userSigReadable.name, (it) => (it.query["usersig"] = "a b")),
  "an identifier that is not an administrator": head(
    checks.administrator.name,
    (it) => (it.query["identifier"] = "ann"),
  ),
  "a body that is too large": body((it) => (it.text = { unreadable: "too large" }), undefined, checks.size.name),
  "a body that is not UTF-8": body((it) => (it.text = { unreadable: "not UTF-8" }), undefined, checks.syntax.name),
  "an empty body": body((it) => (it.text = ""), undefined, checks.syntax.name),
  "half a body": body((it) => (it.text = JSON.stringify(it.body).slice(0, -1)), undefined, checks.syntax.name),
  "an array": body((it) => (it.text = JSON.stringify([it.body]))),
  "no user": body((it) => delete it.body["From_Account"]),
  "a number as user": body((it) => (it.body["From_Account"] = 5), undefined, "UserIdNotString"),
  "an unknown field": ignorable(
    body((it) => (it.body["from_account"] = "ann")),
    unknown,
  ),
  "null for conversations": ignorable(body(group({ ContactItem: null }), "createContactGroup"), {
    setting: "nullFields",
    hidesItems: true,
  }),
  "a StartIndex below 0": body((it) => (it.body["StartIndex"] = -1), "getContactGroup"),
  "a broken StartIndex": body((it) => (it.body["StartIndex"] = 1.5), "getContactGroup"),
  "a StartIndex as text": body((it) => (it.body["StartIndex"] = "0"), "getContactGroup"),
  "two groups": body(
    (it) => (it.body["GroupContactItem"] = [{ GroupName: "a" }, { GroupName: "b" }]),
    "createContactGroup",
  ),
  "no group": body((it) => (it.body["GroupContactItem"] = []), "createContactGroup"),
  "a group without a name": body(group({ GroupName: undefined }), "createContactGroup"),
  "an empty name": body(group({ GroupName: "" }), "createContactGroup"),
  "a name of too many characters": body(
    group({ GroupName: "x".repeat(GroupName.maxLength + 1) }),
    "createContactGroup",
    "GroupNameTooLong",
  ),
  "too many conversations": body(
    group({ ContactItem: list(GroupContactItem.properties.ContactItem.maxItems + 1, bob) }),
    "createContactGroup",
    "InvalidConversationCount",
  ),
  "no group to delete": body((it) => (it.body["GroupName"] = []), "delContactGroup"),
  "two groups to delete": body((it) => (it.body["GroupName"] = ["a", "b"]), "delContactGroup"),
  "an empty name to delete": body((it) => (it.body["GroupName"] = [""]), "delContactGroup"),
  "a group to delete as text": body((it) => (it.body["GroupName"] = "a"), "delContactGroup"),
  "an UpdateType of 2": body((it) => (it.body["UpdateType"] = 2), "updateContactGroup"),
  "an UpdateGroupType of 3": body(update({ UpdateGroupType: 3, NewGroupName: "b" }), "updateContactGroup"),
  "no new name": body(update({ UpdateGroupType: 1 }), "updateContactGroup"),
  "an empty new name": body(update({ UpdateGroupType: 1, NewGroupName: "" }), "updateContactGroup"),
  "a new name of too many characters": body(
    update({ UpdateGroupType: 1, NewGroupName: "x".repeat(GroupName.maxLength + 1) }),
    "updateContactGroup",
    "GroupNameTooLong",
  ),
  "a new name with conversations": ignorable(
    body((it) => {
      const change = it.body["UpdateGroup"] as { readonly UpdateGroupType: number };
      Object.assign(change, change.UpdateGroupType === 2 ? { NewGroupName: "b" } : { ContactUpdateItem: [changed] });
    }, "updateContactGroup"),
    unknown,
  ),
  "no conversation to change": body(
    update({ UpdateGroupType: 2, ContactUpdateItem: [] }),
    "updateContactGroup",
    "InvalidConversationCount",
  ),
  "too many conversations to change": body(
    update({ UpdateGroupType: 2, ContactUpdateItem: list(mostChanged + 1, changed) }),
    "updateContactGroup",
    "InvalidConversationCount",
  ),
  "a ContactOptType of 3": body(
    update({ UpdateGroupType: 2, ContactUpdateItem: [{ ...changed, ContactOptType: 3 }] }),
    "updateContactGroup",
  ),
  "nothing to mark": body((it) => (it.body["MarkItem"] = []), "markContact", "InvalidConversationCount"),
  "too much to mark": body(
    (it) => (it.body["MarkItem"] = list(mostMarked + 1, marked)),
    "markContact",
    "InvalidConversationCount",
  ),
  "an OptType of 4": body((it) => (it.body["MarkItem"] = [{ ...marked, OptType: 4 }]), "markContact"),
  "a bit of 64": body((it) => (it.body["MarkItem"] = [{ OptType: 1, ContactItem: bob, SetMark: [64] }]), "markContact"),
  "a bit below 0": body(
    (it) => (it.body["MarkItem"] = [{ OptType: 1, ContactItem: bob, ClearMark: [-1] }]),
    "markContact",
  ),
  "marks of another kind": ignorable(
    body((it) => {
      const other = { 1: { CustomMark: "y" }, 2: { SetMark: [0] }, 3: { Mark: 1 } };
      for (const item of it.body["MarkItem"] as { readonly OptType: 1 | 2 | 3 }[])
        Object.assign(item, other[item.OptType]);
    }, "markContact"),
    unknown,
  ),
  "no custom mark": body((it) => (it.body["MarkItem"] = [{ OptType: 3, ContactItem: bob }]), "markContact"),
  "a custom mark of too many bytes": body(
    (it) => (it.body["MarkItem"] = [{ ...marked, CustomMark: "\u00e9".repeat(NewCustomMark["x-maxBytes"] / 2 + 1) }]),
    "markContact",
  ),
  "a Type of 3": body((it) => (it.body["ContactItem"] = [{ ...bob, Type: 3 }]), "searchContactGroup"),
  "nothing to look for": body((it) => (it.body["ContactItem"] = []), "searchContactGroup"),
  "too much to look for": body(
    (it) => (it.body["ContactItem"] = list(SearchContactGroupRequest.properties.ContactItem.maxItems + 1, bob)),
    "searchContactGroup",
  ),
};

/** The flaws that a request of this operation can have. */
export function flawsOf(operation: OperationId): readonly Flaw[] {
  return Object.entries(spoilers)
    .filter(([, { only }]) => only === undefined || only === operation)
    .map(([name, { at, error, setting, hidesItems }]) => ({ name, at, error, setting, hidesItems }));
}

/** Gives a request this flaw. */
export function spoil(parts: Parts, { name }: Flaw): void {
  spoilers[name]?.spoil(parts);
}
