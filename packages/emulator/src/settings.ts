import { groupNameField } from "./state/group-name.ts";

/** Calls allowed per number of seconds, for each app and operation. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
}

/** What the documents leave open. `FIDELITY.md` has the evidence and the rule that each of them decides. */
export interface Settings {
  /**
   * `strict` verifies the UserSig of an app that has a `secretKey`; `lenient` reads it and checks app, identifier and expiry, but no
   * signature; `off` takes any text of the right characters, as an app without a `secretKey` does under `strict`.
   */
  readonly userSig: "strict" | "lenient" | "off";
  /** `on` is the documented limit of each operation, counted in spans of the clock. */
  readonly rateLimit: "on" | "off" | RateLimit;
  /** Whether the app's edition includes conversation groups. `missing` fails each creation. */
  readonly edition: "included" | "missing";
  /** `strict`: a UserID is known when it was imported. `lenient`: every UserID is known. */
  readonly accounts: "strict" | "lenient";
  /** `strict`: a chat group exists when it was seeded. `lenient`: one that was not seeded exists and has every user as a member. */
  readonly chatGroups: "strict" | "lenient";
  /** Most bytes of a conversation group's name in UTF-8, on which documents disagree. */
  readonly groupNameBytes: number;
  /** What becomes of a creation whose name exists: `add` puts the conversations into that group, `error` refuses. */
  readonly existingName: "add" | "error";
  /** Whether a group may be created with an empty list of conversations. */
  readonly emptyCreate: "accept" | "refuse";
  /** What fails when a conversation's other side is unknown: that `item`, or the whole `call`. */
  readonly unknownPeer: "item" | "call";
  /** What becomes of a conversation beyond the cap: the whole `call` fails, the `item` fails, or the earliest-added one is `evict`ed. */
  readonly conversationCap: "call" | "item" | "evict";
  /** What the cap counts: all `grouped` conversations of the user, those of one `group`, or groups and marks together (`shared`). */
  readonly conversationCapScope: "grouped" | "group" | "shared";
  /** Conversations on a page of get. */
  readonly pageSize: number;
  /** What search returns for a conversation without groups and marks: nothing, or an item with empty values. */
  readonly unknownConversations: "omit" | "empty";
  /** What a chat group that cannot be used does to a search: the whole `call` fails, or it counts as an unknown conversation (`omit`). */
  readonly searchChatGroup: "call" | "omit";
  /** What becomes of a conversation with `To_Account` and `ToGroupId`: refused, or the one that its `Type` lacks is ignored. */
  readonly bothIds: "refuse" | "ignore";
  /** What becomes of `Type` as `"1"` or `"2"`: refused, or read as a number. */
  readonly stringType: "refuse" | "accept";
}

/** What holds where nothing else was set. */
export const defaultSettings: Settings = {
  userSig: "strict",
  rateLimit: "on",
  edition: "included",
  accounts: "strict",
  chatGroups: "strict",
  groupNameBytes: groupNameField.maxBytes,
  existingName: "add",
  emptyCreate: "accept",
  unknownPeer: "item",
  conversationCap: "call",
  conversationCapScope: "grouped",
  pageSize: 100,
  unknownConversations: "omit",
  searchChatGroup: "call",
  bothIds: "refuse",
  stringType: "refuse",
};

const choices: { readonly [Name in keyof Settings]?: readonly Settings[Name][] } = {
  userSig: ["strict", "lenient", "off"],
  edition: ["included", "missing"],
  accounts: ["strict", "lenient"],
  chatGroups: ["strict", "lenient"],
  existingName: ["add", "error"],
  emptyCreate: ["accept", "refuse"],
  unknownPeer: ["item", "call"],
  conversationCap: ["call", "item", "evict"],
  conversationCapScope: ["grouped", "group", "shared"],
  unknownConversations: ["omit", "empty"],
  searchChatGroup: ["call", "omit"],
  bothIds: ["refuse", "ignore"],
  stringType: ["refuse", "accept"],
};

/** Fills in what was not set. Throws a `TypeError` that names an unknown setting, or a value that it does not take. */
export function toSettings(given: Partial<Settings> = {}): Settings {
  for (const [name, value] of Object.entries(given)) {
    const expected = expectation(name as keyof Settings, value);
    if (expected !== undefined) throw new TypeError(`The setting ${name} must be ${expected}.`);
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...defaultSettings, ...set };
}

/** What the setting takes, when the value is something else. */
function expectation(name: keyof Settings, value: unknown): string | undefined {
  if (!Object.hasOwn(defaultSettings, name)) return `one of ${Object.keys(defaultSettings).join(", ")}`;
  const allowed: readonly unknown[] | undefined = choices[name];
  if (value === undefined || allowed?.includes(value)) return undefined;
  if (allowed) return allowed.join(", ");
  if (name !== "rateLimit") return isCount(value) ? undefined : "a positive integer";
  return isRateLimit(value) ? undefined : "on, off, or { calls, seconds } with positive integers";
}

function isRateLimit(value: unknown): boolean {
  if (value === "on" || value === "off") return true;
  if (typeof value !== "object" || value === null) return false;
  const { calls, seconds } = value as Partial<RateLimit>;
  return isCount(calls) && isCount(seconds);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
