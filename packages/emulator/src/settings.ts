import { show } from "@contact-groups/core/check";
import type { GroupContactItem } from "@contact-groups/openapi/bodies";
import { type Field, requestBodies, type StringField } from "@contact-groups/openapi/model";

/** A number of calls that is allowed in a number of seconds, for each app and operation. */
export interface RateLimit {
  /** Number of calls: a positive integer. */
  readonly calls: number;
  /** Length of a span in seconds: a positive integer. */
  readonly seconds: number;
}

/** What the documents leave open. `FIDELITY.md` lists the rule that each setting changes, its evidence and its default. */
export interface Settings {
  /**
   * `strict` verifies the UserSig of an app that has a `secretKey`; `lenient` reads it and checks app, identifier and expiry, but no
   * signature; `off` accepts any text of allowed characters, and so does an app without a `secretKey` under `strict`.
   *
   * @default "strict"
   */
  readonly userSig: "strict" | "lenient" | "off";
  /**
   * `on` is the documented limit of each operation, counted in spans of the emulator's clock.
   *
   * @default "on"
   */
  readonly rateLimit: "on" | "off" | RateLimit;
  /**
   * Whether the app's edition includes conversation groups and standard marks. With `missing`, each call that changes them fails.
   *
   * @default "included"
   */
  readonly edition: "included" | "missing";
  /**
   * `strict`: a UserID has to be imported. `lenient`: every UserID counts as imported.
   *
   * @default "strict"
   */
  readonly accounts: "strict" | "lenient";
  /**
   * `strict`: a chat group has to be seeded. `lenient`: one that was not seeded exists too, and every user is a member.
   *
   * @default "strict"
   */
  readonly chatGroups: "strict" | "lenient";
  /**
   * Largest size of a conversation group's name in bytes of UTF-8, on which documents disagree. It is at most the largest number of any document.
   *
   * @default The documented number of most documents.
   */
  readonly groupNameBytes: number;
  /**
   * A creation whose name exists: `add` adds the conversations to that group, `error` fails the call.
   *
   * @default "add"
   */
  readonly existingName: "add" | "error";
  /**
   * A group that gets the name of another one: `error` fails the call, `accept` leaves two groups of the name, of which the one with the lower
   * ID is found by it.
   *
   * @default "error"
   */
  readonly renameToExisting: "error" | "accept";
  /**
   * A conversation that is removed from a group that it is not in: `accept` changes nothing, `item` fails that conversation.
   *
   * @default "accept"
   */
  readonly removeUngrouped: "accept" | "item";
  /**
   * A bit that one item both sets and clears: whether it is `set` or `clear` afterwards.
   *
   * @default "set"
   */
  readonly markConflict: "set" | "clear";
  /**
   * Bits of a standard mark that have no name and are not the app's own: `accept` sets them, `reject` fails the call.
   *
   * @default "accept"
   */
  readonly chatBits: "accept" | "reject";
  /**
   * The editions whose apps can set custom marks: `any`, or those that have conversation groups (`included`).
   *
   * @default "any"
   */
  readonly customMarkEdition: "any" | "included";
  /**
   * Whether a group can be created with an empty list of conversations.
   *
   * @default "accept"
   */
  readonly emptyCreate: "accept" | "reject";
  /**
   * What fails when the other side of a conversation is unknown: that `item`, or the whole `call`.
   *
   * @default "item"
   */
  readonly unknownPeer: "item" | "call";
  /**
   * A conversation beyond the cap: the whole `call` fails, the `item` fails, or the conversation that was added first is removed (`evict`).
   * `evict` is about groups only: a mark beyond the cap of marks then fails the call, and where the cap counts marks too, a conversation with
   * a mark is not removed.
   *
   * @default "call"
   */
  readonly conversationCap: "call" | "item" | "evict";
  /**
   * What the cap counts: all `grouped` conversations of the user, those of one `group`, or groups and marks together (`shared`). Marks have
   * a cap of their own except with `shared`.
   *
   * @default "grouped"
   */
  readonly conversationCapScope: "grouped" | "group" | "shared";
  /**
   * Number of conversations on a page of `getContactGroup`.
   *
   * @default 100
   */
  readonly pageSize: number;
  /**
   * What a search returns for a conversation without groups and marks: nothing (`omit`), or an item with `empty` values.
   *
   * @default "omit"
   */
  readonly unknownConversations: "omit" | "empty";
  /**
   * A chat group in a search that cannot be used: the whole `call` fails, or it counts as a conversation without groups and marks (`omit`).
   *
   * @default "call"
   */
  readonly searchChatGroup: "call" | "omit";
  /**
   * A conversation with both `To_Account` and `ToGroupId`: `ignore` ignores the ID that is not of its `Type`, whatever it is, `reject` fails
   * the call.
   *
   * @default "ignore"
   */
  readonly bothIds: "ignore" | "reject";
  /**
   * Fields of a body that the operation does not have, or that belong to another kind of item than its `OptType` or `UpdateGroupType` says:
   * `ignore` ignores them, `reject` fails the call.
   *
   * @default "ignore"
   */
  readonly unknownFields: "ignore" | "reject";
  /**
   * `null` in a field of a body that can be omitted: `ignore` reads it as if the field were missing, `reject` fails the call.
   *
   * @default "ignore"
   */
  readonly nullFields: "ignore" | "reject";
  /**
   * `Type` as the text `"1"` or `"2"`: `reject` fails the call, `accept` reads it as a number.
   *
   * @default "reject"
   */
  readonly stringType: "reject" | "accept";
  /**
   * The query parameter `random`: `ignore` accepts a call without it, or with any text in it, `reject` fails the call unless it is an unsigned
   * 32-bit integer.
   *
   * @default "ignore"
   */
  readonly random: "ignore" | "reject";
}

/** Settings as options give them: those that differ from the defaults, or `strict` for `strictSettings`. */
export type GivenSettings = Partial<Settings> | "strict";

const groupName: keyof GroupContactItem = "GroupName";

/** Returns the field of a conversation group's name, from the first request that has one. */
function groupNameField(fields: readonly Field[]): StringField {
  if (fields.length === 0) throw new Error(`No request of the description has a text in the field ${groupName}.`);
  for (const field of fields) {
    const own = field.type === "object" ? field.fields[groupName] : undefined;
    if (own?.type === "string") return own;
  }
  return groupNameField(fields.flatMap(innerFields));
}

const { maxBytes: documentedBytes = Infinity, maxBytesDisputed: mostBytes = documentedBytes } = groupNameField(
  Object.values(requestBodies),
);

function innerFields(field: Field): readonly Field[] {
  if (field.type === "array") return [field.items];
  return field.type === "object" ? Object.values(field.fields) : field.type === "union" ? field.alternatives : [];
}

/**
 * The settings of an emulator without the option `settings`.
 *
 * @example
 * ```ts
 * console.log(defaultSettings.pageSize); // 100
 * ```
 */
export const defaultSettings: Settings = {
  userSig: "strict",
  rateLimit: "on",
  edition: "included",
  accounts: "strict",
  chatGroups: "strict",
  groupNameBytes: documentedBytes,
  existingName: "add",
  renameToExisting: "error",
  removeUngrouped: "accept",
  markConflict: "set",
  chatBits: "accept",
  customMarkEdition: "any",
  emptyCreate: "accept",
  unknownPeer: "item",
  conversationCap: "call",
  conversationCapScope: "grouped",
  pageSize: 100,
  unknownConversations: "omit",
  searchChatGroup: "call",
  bothIds: "ignore",
  unknownFields: "ignore",
  nullFields: "ignore",
  stringType: "reject",
  random: "ignore",
};

/**
 * The settings that `settings: "strict"` and `--strict` stand for: a call fails when the documents do not allow its UserSig, accounts or
 * body. Settings about what the documents leave open in another way keep their values.
 *
 * @example
 * ```ts
 * const emulator = createEmulator({ settings: { ...strictSettings, pageSize: 10 } });
 * ```
 */
export const strictSettings: Partial<Settings> = {
  userSig: "strict",
  accounts: "strict",
  chatGroups: "strict",
  bothIds: "reject",
  unknownFields: "reject",
  nullFields: "reject",
  stringType: "reject",
  random: "reject",
};

/** The values of each setting that has a list of them. */
export const choices: { readonly [Name in keyof Settings]?: readonly Settings[Name][] } = {
  userSig: ["strict", "lenient", "off"],
  edition: ["included", "missing"],
  accounts: ["strict", "lenient"],
  chatGroups: ["strict", "lenient"],
  existingName: ["add", "error"],
  renameToExisting: ["error", "accept"],
  removeUngrouped: ["accept", "item"],
  markConflict: ["set", "clear"],
  chatBits: ["accept", "reject"],
  customMarkEdition: ["any", "included"],
  emptyCreate: ["accept", "reject"],
  unknownPeer: ["item", "call"],
  conversationCap: ["call", "item", "evict"],
  conversationCapScope: ["grouped", "group", "shared"],
  unknownConversations: ["omit", "empty"],
  searchChatGroup: ["call", "omit"],
  bothIds: ["ignore", "reject"],
  unknownFields: ["ignore", "reject"],
  nullFields: ["ignore", "reject"],
  stringType: ["reject", "accept"],
  random: ["ignore", "reject"],
};

/**
 * Changes settings, by default the default ones. Throws a `TypeError` that names an unknown setting, or one with an invalid value.
 *
 * @param given Settings, or `strict` for the strict ones.
 */
export function toSettings(given: GivenSettings = {}, before: Settings = defaultSettings): Settings {
  const changes = given === "strict" ? strictSettings : given;
  if (typeof changes !== "object" || changes === null || Array.isArray(changes))
    throw new TypeError(`settings must be "strict" or an object, but is ${show(given)}.`);
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(defaultSettings, name))
      throw new TypeError(`There is no setting ${name}. The settings are ${Object.keys(defaultSettings).join(", ")}.`);
    const expected = expectation(name as keyof Settings, value);
    if (expected !== undefined) throw new TypeError(`The setting ${name} must be ${expected}, but is ${show(value)}.`);
  }
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...before, ...set };
}

/** Returns what the setting must be, when the value is invalid. */
function expectation(name: keyof Settings, value: unknown): string | undefined {
  if (value === undefined || isAllowed(name, value)) return undefined;
  return choices[name]?.map((choice) => JSON.stringify(choice)).join(" or ") ?? allowedValues(name);
}

function isAllowed(name: keyof Settings, value: unknown): boolean {
  const allowed: readonly unknown[] | undefined = choices[name];
  if (allowed) return allowed.includes(value);
  if (name === "groupNameBytes") return isCount(value) && Number(value) <= mostBytes;
  return name === "rateLimit" ? value === "on" || value === "off" || isRateLimit(value) : isCount(value);
}

/** Returns what the values of a setting are that has no list of them. */
export function allowedValues(name: keyof Settings): string {
  if (name === "groupNameBytes")
    return `a positive integer up to ${mostBytes}, because every document rejects longer names`;
  return name === "rateLimit" ? '"on" or "off" or { calls, seconds } with positive integers' : "a positive integer";
}

/** Whether a value is a rate limit. */
export function isRateLimit(value: unknown): value is RateLimit {
  if (typeof value !== "object" || value === null) return false;
  const { calls, seconds } = value as Partial<RateLimit>;
  return isCount(calls) && isCount(seconds);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
