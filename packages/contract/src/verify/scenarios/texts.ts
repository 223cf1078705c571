/** Scenarios of texts: names and marks come back as they were sent, and UserIDs are not changed. */
import { errorCodes, requestChecks as checks } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, not, oneOf } from "../matching.ts";
import { fresh, imported, many, scenario, type Scenario } from "../scenario.ts";
import { createGroup, marks, newGroup, note, page, rename, search, to } from "./bodies.ts";

/** Texts that other languages, such as HTML and URLs, write in another way. */
const texts = [
  `<b>&amp;"x"'/\\</b>`,
  "%41%00 + %2B",
  "O''Neill\\n${x}",
  "MiXeD Case",
  "😀👍🏽👩\u{200D}🚀 𠮷",
  "❤\uFE0F \u200F\u05D0",
  "__proto__",
  "007",
  '{"a": 1.0}',
] as const;

/** Names that differ, but that databases and their collations take for one another. */
const similar = [
  "blank",
  " blank ",
  "blank ",
  "two  blanks",
  "two blanks",
  "Caf\u00E9",
  "Cafe\u0301",
  "Cafe",
  "\uFB01\u2460",
  "fi1",
  "🍣",
  "🍺",
  "ß",
  "ss",
  "カナ",
  "かな",
  "ДОМ",
  "дом",
  "a\u200Bb",
  "ab",
] as const;

const withControls = ["tab\tand tab", "line\r\nand line", "zero\0and more"] as const;

export const textScenarios: readonly Scenario[] = [
  scenario({
    id: "texts-are-kept-as-they-are",
    title: "Names and custom marks come back as they were sent, also with characters that mean something elsewhere",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, peers: many(texts.length, imported) } },
    operations: ["createContactGroup", "markContact", "getContactGroup", "searchContactGroup", "updateContactGroup"],
    calls: texts.length + 4,
    reason: "An app shows a name to its user, and finds the group by it again; an escaped name is another name.",
    sources: ["create-zh-2023", "get-en-2023", "search-en-2026", "mark-en-2026"],
    async run(t, { owner, bob, peers }) {
      const groups = [];
      for (const GroupName of texts) {
        const GroupId = await createGroup(t, owner, GroupName, [to(bob)], { GroupName, GroupId: not(undefined) });
        groups.push({ GroupName, GroupId });
      }
      await t.call("markContact", marks(owner, ...peers.map((peer, index) => note(peer, texts[index] ?? ""))));
      const marked = peers.map((peer, index) => ({ ...to(peer), CustomMark: texts[index] }));
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([...marked, to(bob)]),
        GroupItem: anyOrder(groups),
      });
      await t.call("searchContactGroup", search(owner, [to(bob), ...peers.map(to)]), { GroupItem: anyOrder(groups) });
      const [{ GroupName, GroupId } = { GroupName: "", GroupId: 0 }] = groups;
      await t.call("updateContactGroup", rename(owner, GroupName, `${GroupName}!`), {
        UpdateGroupResult: { GroupName: `${GroupName}!`, GroupId },
      });
    },
  }),
  scenario({
    id: "names-keep-blanks-and-unicode-forms",
    title: "Blanks and the form of characters are kept: names that differ only by these are different groups",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "markContact", "getContactGroup", "searchContactGroup"],
    calls: similar.length + 3,
    reason: "Two users' apps write the same word in different forms; groups that became one cannot be separated again.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      const groups = [];
      for (const GroupName of similar) {
        const GroupId = await createGroup(t, owner, GroupName, [to(bob)], { GroupName, GroupId: not(undefined) });
        groups.push({ GroupName, GroupId });
      }
      const [, CustomMark] = similar;
      await t.call("markContact", marks(owner, note(bob, CustomMark)));
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), CustomMark }],
        GroupItem: anyOrder(groups),
      });
      await t.call("searchContactGroup", search(owner, [to(bob)]), { GroupItem: anyOrder(groups) });
    },
  }),
  scenario({
    id: "control-characters-are-kept",
    title: "A name with control characters is kept as it is, or rejected",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: withControls.length + 1,
    reason: "A name that is stored without them is another name, which the caller does not know.",
    sources: ["project"],
    async run(t, { owner }) {
      const kept = [];
      for (const GroupName of withControls) {
        const { ErrorCode } = await t.call("createContactGroup", newGroup(owner, GroupName), {
          ErrorCode: oneOf(0, checks.body.error),
        });
        if (ErrorCode === 0) kept.push({ GroupName });
      }
      await t.call("getContactGroup", page(owner), {
        GroupItem: kept.length === 0 ? absentOr([]) : anyOrder(kept),
      });
    },
  }),
  scenario({
    id: "field-names-have-one-case",
    title: "A field whose name is in another case is missing",
    group: "invalid",
    needs: { users: { bob: imported } },
    operations: ["getContactGroup"],
    calls: 2,
    reason: "The overview says that names are case-sensitive; a client that is wrong must learn it before production.",
    sources: ["overview-2025"],
    async run(t, { bob }) {
      const rejected = { ErrorCode: checks.body.error };
      await t.send("getContactGroup", { body: { From_Account: bob, startIndex: 0 } }, rejected);
      await t.send("getContactGroup", { body: { from_account: bob, StartIndex: 0 } }, rejected);
    },
  }),
  scenario({
    id: "user-ids-differ-by-case",
    title: "UserIDs that differ only by case are two users, or one of them is unknown",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: 3,
    reason: "The overview says that values are case-sensitive; one user must not see the groups of another.",
    sources: ["overview-2025", "project"],
    async run(t, { owner, bob }) {
      const [otherOwner, otherBob] = [inOtherCase(owner), inOtherCase(bob)];
      t.need(otherOwner !== owner && otherBob !== bob, "needs UserIDs with letters");
      const { GroupResultItem } = await t.call(
        "createContactGroup",
        newGroup(owner, "family", [to(bob), to(otherBob)]),
        {
          GroupResultItem: [
            {
              ResultItem: [
                { ContactItem: to(bob), ResultCode: 0 },
                { ContactItem: to(otherBob), ResultCode: oneOf(0, errorCodes.UserNotImported) },
              ],
            },
          ],
        },
      );
      const isKnown = GroupResultItem[0]?.ResultItem?.[1]?.ResultCode === 0;
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder(isKnown ? [to(bob), to(otherBob)] : [to(bob)]),
      });
      await t.call("getContactGroup", page(otherOwner), {
        ErrorCode: oneOf(0, errorCodes.UserNotImported),
        ContactItem: absentOr([]),
        GroupItem: absentOr([]),
      });
    },
  }),
];

function inOtherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}
