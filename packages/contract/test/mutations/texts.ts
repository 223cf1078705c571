/** Mutations of texts and IDs: a provider that stores, compares or returns them in another form. */
import { type Json, type Mutation, changing, changingRequest, sending } from "./mutation.ts";

type Edit = (text: string) => string;

/** Changes every text with one of these names, anywhere in a body. */
function editTexts(value: Json, names: readonly string[], edit: Edit): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value as object)) {
    if (typeof member !== "string") editTexts(member, names, edit);
    else if (names.includes(name)) value[name] = edit(member);
  }
}

const names = ["GroupName", "OldGroupName", "NewGroupName"];

/** Stores names in another form, but repeats them in the response as they were sent. */
const storing =
  (fields: readonly string[], edit: Edit): Mutation["wrap"] =>
  (fetch, emulator) => {
    const sent = new Map<string, string>();
    const stored = changingRequest(({ body }) => {
      const keep: Edit = (text) => {
        const changed = edit(text);
        sent.set(changed, text);
        return changed;
      };
      editTexts(body, fields, keep);
      if (fields === names && Array.isArray(body?.GroupName)) body.GroupName = body.GroupName.map(keep);
    })!(fetch, emulator);
    // A create and a change repeat the name; what is read has the name that was stored.
    return changing((response, { command }) => {
      if (command !== "get" && command !== "search") editTexts(response, fields, (text) => sent.get(text) ?? text);
    })!(stored, emulator);
  };

/** Returns texts in another form. */
const returning = (fields: readonly string[], edit: Edit, ...commands: readonly string[]): Mutation["wrap"] =>
  changing((response, { command }) => {
    if (commands.length === 0 || commands.includes(command)) editTexts(response, fields, edit);
  });

const escapeHtml: Edit = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
const safely: (edit: Edit) => Edit = (edit) => (text) => {
  try {
    return edit(text);
  } catch {
    return text;
  }
};
const decode = safely(decodeURIComponent);

/** IDs of groups that doubles cannot hold. */
const withLargeIds = (round: (id: bigint) => bigint): Mutation["wrap"] =>
  sending(({ text }) => {
    const large = (id: string): bigint => 2n ** 60n + BigInt(id);
    const changed = text
      .replaceAll(/"GroupId":(\d+)/g, (_, id: string) => `"GroupId":${large(id)}`)
      .replaceAll(/"ContactGroupId":\[([\d,]+)\]/g, (_, ids: string) => {
        const rounded = ids.split(",").map((id) => round(large(id)));
        return `"ContactGroupId":[${rounded}]`;
      });
    return new Response(changed, { headers: { "Content-Type": "application/json" } });
  });

const kept = "texts-are-kept-as-they-are";
const forms = "names-keep-blanks-and-unicode-forms";
const anyCreate = "random/createContactGroup/valid";
const anyMark = "random/markContact/valid";

export const textMutations: readonly Mutation[] = [
  {
    name: "names are stored without blanks at their ends",
    foundBy: forms,
    wrap: storing(names, (text) => text.trim() || text),
  },
  {
    name: "names are stored with one blank in place of several",
    foundBy: forms,
    wrap: storing(names, (text) => text.replaceAll(/ {2,}/g, " ")),
  },
  {
    name: "names are stored escaped for HTML",
    foundBy: kept,
    wrap: storing(names, (text) => text.replaceAll(/[<>]/g, (one) => (one === "<" ? "‹" : "›"))),
  },
  { name: "names are returned escaped for HTML", foundBy: kept, wrap: returning(names, escapeHtml, "get", "search") },
  { name: "every name is returned escaped for HTML", foundBy: kept, wrap: returning(names, escapeHtml) },
  {
    name: "names are returned in lower case",
    foundBy: kept,
    wrap: returning(names, (text) => text.toLowerCase(), "get", "search"),
  },
  {
    name: "names are stored in Unicode's composed form",
    foundBy: forms,
    wrap: storing(names, (text) => text.normalize("NFC")),
  },
  {
    name: "names are returned in Unicode's decomposed form",
    foundBy: forms,
    wrap: returning(names, (text) => text.normalize("NFD"), "get", "search"),
  },
  {
    name: "names are stored in Unicode's compatible form",
    foundBy: forms,
    wrap: storing(names, (text) => text.normalize("NFKC")),
  },
  {
    name: "names lose characters beyond the first plane",
    foundBy: kept,
    wrap: returning(names, (text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "\uFFFD"), "get", "search"),
  },
  {
    name: "names lose the joiners of emoji",
    foundBy: kept,
    wrap: storing(names, (text) => text.replaceAll("\u{200D}", "")),
  },
  { name: "names are decoded like a URL", foundBy: kept, wrap: storing(names, decode) },
  {
    name: "a plus in a name is a blank",
    foundBy: kept,
    wrap: returning(names, (text) => text.replaceAll("+", " "), "get", "search"),
  },
  {
    name: "backslashes in names are doubled",
    foundBy: kept,
    wrap: returning(names, (text) => text.replaceAll("\\", "\\\\"), "get", "search"),
  },
  {
    name: "apostrophes in names are doubled",
    foundBy: kept,
    wrap: returning(names, (text) => text.replaceAll("'", "''"), "get", "search"),
  },
  {
    name: "tags in names are removed",
    foundBy: kept,
    wrap: returning(names, (text) => text.replaceAll(/<[^>]*>/g, ""), "get", "search"),
  },
  {
    name: "names are returned without their combining characters",
    foundBy: forms,
    wrap: returning(names, (text) => text.replaceAll(/\p{M}/gu, ""), "get", "search"),
  },
  { name: "custom marks are trimmed", foundBy: forms, wrap: returning(["CustomMark"], (text) => text.trim()) },
  { name: "custom marks are escaped for HTML", foundBy: kept, wrap: returning(["CustomMark"], escapeHtml) },
  {
    name: "custom marks are in lower case",
    foundBy: kept,
    wrap: returning(["CustomMark"], (text) => text.toLowerCase()),
  },
  {
    name: "UserIDs of requests are read in lower case",
    foundBy: anyCreate,
    wrap: changingRequest(({ body }) => editTexts(body, ["To_Account"], (text) => text.toLowerCase())),
  },
  {
    name: "UserIDs are returned in lower case",
    foundBy: anyCreate,
    wrap: returning(["To_Account"], (text) => text.toLowerCase()),
  },
  {
    name: "UserIDs are returned in upper case",
    foundBy: "create-with-conversation",
    wrap: returning(["To_Account"], (text) => text.toUpperCase()),
  },
  { name: "UserIDs are trimmed", foundBy: anyCreate, wrap: returning(["To_Account"], (text) => text.trim()) },
  { name: "UserIDs are escaped for HTML", foundBy: anyCreate, wrap: returning(["To_Account"], escapeHtml) },
  {
    name: "results of markings have UserIDs in lower case",
    foundBy: anyMark,
    wrap: returning(["To_Account"], (text) => text.toLowerCase(), "mark"),
  },
  {
    name: "IDs of chat groups are returned in lower case",
    foundBy: "chat-group-conversation",
    wrap: returning(["ToGroupId"], (text) => text.toLowerCase()),
  },
  {
    name: "IDs of chat groups lose their prefix",
    foundBy: "chat-group-conversation",
    wrap: returning(["ToGroupId"], (text) => text.replace("@TGS#", "")),
  },
  {
    name: "IDs above 2^53 are rounded in conversations",
    foundBy: "created-group-is-found",
    wrap: withLargeIds((id) => BigInt(Number(id))),
  },
  {
    name: "IDs are cut to 32 bits in conversations",
    foundBy: "created-group-is-found",
    wrap: withLargeIds((id) => id % 2n ** 32n),
  },
  {
    name: "the case of a field's name does not count",
    foundBy: "field-names-have-one-case",
    wrap: changingRequest(({ body }) => {
      for (const [name, value] of Object.entries((body ?? {}) as Json)) {
        const known = ["From_Account", "StartIndex"].find(
          (one) => one !== name && one.toLowerCase() === name.toLowerCase(),
        );
        if (known) {
          delete body[name];
          body[known] = value;
        }
      }
    }),
  },
];
