/**
 * Finds values that fit the description and that no developer means: the ID of another API, a text that was not trimmed, the same conversation twice.
 * The service may accept them, so no response depends on them.
 */
import { check } from "@contact-groups/core/check";
import { isObject } from "@contact-groups/core/json";
import { type Field, type ObjectField, queryFields } from "@contact-groups/openapi/model";
import { pointerTo } from "./json-pointer.ts";
import { appName, callerName, ownerField, ownerName } from "./operations.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/** A rule that a value breaks. It has no code. */
export type ValueViolation = Omit<RecordedViolation, "code">;

/** What to change, by the rule of a value, which `judge` reports as `id-form`. */
export const idFixes: Readonly<Record<string, string>> = {
  "id-blank": "Trim the text before the call: the service compares IDs and names byte by byte.",
  "id-control": "Remove line ends, tabs and other control characters before the call.",
  "id-json": "Send the text itself, without quotation marks: it was converted to JSON twice.",
  "id-list": "Send one ID in each item of the list; do not join them.",
  "id-prefix":
    "Send the UserID or GroupID alone: a conversationID of the client SDKs is a prefix (C2C, GROUP, c2c_, group_) and the ID, and Type says the kind.",
  "id-group": "Send a GroupID in ToGroupId with Type 2, and a UserID in To_Account with Type 1.",
  "id-encoded": "Send the GroupID as the service returned it: begin with @TGS#, without URL or HTML encoding.",
  "id-ascii": "Send the UserID of an administrator, as the console lists it.",
  "id-app": "Send the SDKAppID that the console shows.",
};

/** What to change, by the rule of a value, which `judge` reports as `redundant`. */
export const redundantFixes: Readonly<Record<string, string>> = {
  "redundant-item": "Send each conversation once in a list: remove duplicates before the call.",
  "redundant-value": "Send each value once in a list.",
  "redundant-opposite": "Decide before the call what is to be done: send the value in one of the two lists.",
  "redundant-name": "Leave the call out when the name stays the same.",
  "redundant-nothing": "Name what is to be changed, or leave the item out.",
};

/** An SDKAppID is an unsigned 32-bit integer. */
const largestApp = 2 ** 32 - 1;

/** A blank at one of the ends, also one without a width, as a copied text has. */
const edges = /^[\s\u200B-\u200D\u2060]|[\s\u200B-\u200D\u2060]$/u;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F]/;
const json = /^(?:".*"|\[.*\]|\{.*\})$/s;
const joined = /^[^\s,]+(?:,[^\s,]+)+$/;
/** The beginning of the IDs that the service generates for chat groups. */
const generated = "@TGS#";
/** What encodings, letters of the other case and a lost @ make of it. */
const likeGenerated = /^(?:@|%40|&#64;)?TGS(?:#|%23|&#35;)/i;
/** How the client SDKs begin the conversationID of a one-to-one conversation. */
const ofUser = /^(?:C2C|c2c_)./;
/** How they begin that of a chat group. Custom GroupIDs can begin with the words, so what follows must be another word. */
const ofGroup = /^(?:GROUP(?=[@a-z])|group_(?=@TGS#))/;

/** Checks a text that is the ID of a user. */
function checkUserId(text: string): [rule: string, expected: string] | undefined {
  if (text.includes(generated)) return ["id-group", "must be a UserID, but is the GroupID of a chat group"];
  return checkId(text);
}

/** Checks a text that is the ID of a user and can have been a conversationID. */
function checkPeer(text: string): [rule: string, expected: string] | undefined {
  if (ofUser.test(text)) return ["id-prefix", "must be a UserID without the prefix of a conversationID, but is"];
  return checkUserId(text);
}

/** Checks a text that is the ID of a chat group. */
function checkGroupId(text: string): [rule: string, expected: string] | undefined {
  if (ofGroup.test(text) || ofUser.test(text))
    return ["id-prefix", "must be a GroupID without the prefix of a conversationID, but is"];
  const trimmed = text.trim();
  if (likeGenerated.test(trimmed) && (!trimmed.startsWith(generated) || trimmed === generated))
    return ["id-encoded", `must be a GroupID, which begins with ${generated} if the service generated it, but is`];
  return checkId(text);
}

function checkId(text: string): [rule: string, expected: string] | undefined {
  if (json.test(text)) return ["id-json", "must be an ID, but is the JSON text"];
  if (joined.test(text)) return ["id-list", "must be one ID, but is the list"];
  return checkText(text);
}

function checkText(text: string): [rule: string, expected: string] | undefined {
  if (edges.test(text)) return ["id-blank", "must not begin or end with a blank, but is"];
  return control.test(text) ? ["id-control", "must not have a control character, but is"] : undefined;
}

/** The checks of texts, by the schema of the description that they have. */
const ofSchema: Readonly<Record<string, typeof checkPeer>> = {
  UserId: checkPeer,
  GroupId: checkGroupId,
  GroupName: checkText,
};

/** Returns what no developer means in the query. */
export function checkQueryValues(query: URLSearchParams): ValueViolation[] {
  return queryFields.flatMap(({ name, field }): ValueViolation[] => {
    const text = query.get(name);
    if (text === null || text === "") return [];
    const found = (rule: string, expected: string): ValueViolation[] => [
      {
        in: "query",
        pointer: `/${name}`,
        rule,
        message: `The query parameter ${name} ${expected} ${JSON.stringify(text)}`,
      },
    ];
    if (field.type === "integer")
      return /^-?\d+$/.test(text) ? [] : found("integer-form", "must be an integer in digits, but is");
    if (name === appName) {
      const isApp = Number(text) >= 1 && Number(text) <= largestApp;
      return isApp ? [] : found("id-app", `must be an SDKAppID, an integer from 1 to ${largestApp}, but is`);
    }
    if (name !== callerName) return [];
    const broken = checkUserId(text);
    if (broken) return found(...broken);
    return check(ownerField, text).length === 0 ? [] : found("id-ascii", "must be a UserID of printable ASCII, but is");
  });
}

/**
 * Returns what no developer means in a valid body. Where the ID of the owner, which no conversationID names, begins as a conversationID does, the IDs
 * of this app do so.
 */
export function checkBodyValues(field: Field, body: unknown): ValueViolation[] {
  const found = checkValue(field, body, "");
  const owner: unknown = isObject(body) ? body[ownerName] : undefined;
  const isOfApp = typeof owner === "string" && ofUser.test(owner);
  return isOfApp ? found.filter(({ rule }) => rule !== "id-prefix") : found;
}

function checkValue(field: Field, value: unknown, pointer: string): ValueViolation[] {
  switch (field.type) {
    case "string": {
      const broken = typeof value === "string" ? ofSchema[field.schema ?? ""]?.(value) : undefined;
      if (!broken) return [];
      const [rule, expected] = broken;
      return [{ in: "body", pointer, rule, message: `${pointer} ${expected} ${JSON.stringify(value)}` }];
    }
    case "array":
      if (!Array.isArray(value)) return [];
      return [
        ...checkRepeats(field.items, value, pointer),
        ...value.flatMap((item, index) => checkValue(field.items, item, `${pointer}/${index}`)),
      ];
    case "union": {
      const chosen = isObject(value) ? field.alternatives.find((one) => one.value === value[field.by]) : undefined;
      if (!chosen || !isObject(value)) return [];
      return [...checkEffect(chosen, field.by, value, pointer), ...checkValue(chosen, value, pointer)];
    }
    case "object":
      if (!isObject(value)) return [];
      return Object.entries(field.fields).flatMap(([name, inner]) =>
        name in value ? checkValue(inner, value[name], pointer + pointerTo([name])) : [],
      );
  }
  return [];
}

/** Finds the first item of a list that repeats another one: the same value, or the same kind of item about the same conversation. */
function checkRepeats(field: Field, items: readonly unknown[], pointer: string): ValueViolation[] {
  const first = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = aboutOf(field, item);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, index);
      continue;
    }
    const what = isObject(item) ? "be about another conversation than" : "be another value than";
    const message = `${pointer}/${index} must ${what} ${pointer}/${before}, but repeats ${isObject(item) ? "its conversation" : JSON.stringify(item)}`;
    return [
      {
        in: "body",
        pointer: `${pointer}/${index}`,
        rule: isObject(item) ? "redundant-item" : "redundant-value",
        message,
      },
    ];
  }
  return [];
}

/** Returns what an item is about: itself, or the conversation in it and, where the description has some, the kind of the item. */
function aboutOf(field: Field, item: unknown): string {
  if (!isObject(item)) return JSON.stringify(item) ?? "";
  const inner = Object.values(item).find(isObject);
  const kind = inner && field.type === "union" ? item[field.by] : undefined;
  return JSON.stringify([kind, Object.entries(inner ?? item).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}

/** Checks that an item has an effect, and not two that are opposite. */
function checkEffect(
  { fields, required }: ObjectField,
  by: string,
  value: Readonly<Record<string, unknown>>,
  pointer: string,
): ValueViolation[] {
  const lists = Object.keys(fields).filter((name) => fields[name]?.type === "array" && !required.includes(name));
  const given = lists.map((name) => ({ name, items: Array.isArray(value[name]) ? (value[name] as unknown[]) : [] }));
  const [one, other] = given;
  const common = one && other ? one.items.find((item) => other.items.includes(item)) : undefined;
  if (one && other && common !== undefined)
    return [
      {
        in: "body",
        pointer: `${pointer}/${other.name}`,
        rule: "redundant-opposite",
        message: `${pointer}/${other.name} must not have what ${pointer}/${one.name} has, but both have ${JSON.stringify(common)}`,
      },
    ];
  const needsList = required.every((name) => name === by || fields[name]?.type === "union");
  if (lists.length > 0 && needsList && given.every(({ items }) => items.length === 0))
    return [
      {
        in: "body",
        pointer,
        rule: "redundant-nothing",
        message: `${pointer} must have ${lists.join(" or ")} with an item, but changes nothing`,
      },
    ];
  const [old, renamed] = Object.keys(fields).filter((name) => fields[name]?.schema === "GroupName");
  if (old === undefined || renamed === undefined || value[old] !== value[renamed]) return [];
  return [
    {
      in: "body",
      pointer: `${pointer}/${renamed}`,
      rule: "redundant-name",
      message: `${pointer}/${renamed} must be another name than ${pointer}/${old}, but is ${JSON.stringify(value[renamed])}, too`,
    },
  ];
}
