/** Scenarios of marks: they are set and cleared, and found by get and search. */
import type { MarkItem } from "@contact-groups/openapi/bodies";
import { errorCodes } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, now, bits } from "../matching.ts";
import { clockTolerance, fresh, imported, scenario, type Scenario, unknown } from "../scenario.ts";
import { both, chat, createGroup, marks as mark, most, note, page, search, star, to } from "./bodies.ts";

export const marks: readonly Scenario[] = [
  scenario({
    id: "marks-are-set-and-cleared",
    title: "Standard marks are set and cleared by the number of their bit, from the right of the text",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "searchContactGroup", "getContactGroup"],
    calls: 4,
    reason:
      "A caller sends numbers and receives a text; with another order, it would show a hidden conversation as a starred one.",
    sources: ["mark-en-2024", "mark-en-2026", "web-sdk-3.6.6"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, star(bob, 1, 3)), {
        ResultItem: [{ OptType: 1, ContactItem: to(bob), ResultCode: 0, ResultInfo: "" }],
      });
      await t.call("searchContactGroup", search(owner, [to(bob)]), {
        ContactResultItem: [{ ...to(bob), StandardMark: bits("1010") }],
      });
      await t.call("markContact", mark(owner, { OptType: 1, ContactItem: to(bob), SetMark: [0], ClearMark: [3] }));
      await t.call("getContactGroup", page(owner), { ContactItem: [{ ...to(bob), StandardMark: bits("11") }] });
    },
  }),
  scenario({
    id: "bit-set-and-cleared-is-set",
    title: "A bit that an item both sets and clears is set",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup"],
    reason: "A caller that clears all bits to set some of them relies on it.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, { OptType: 1, ContactItem: to(bob), ClearMark: [1], SetMark: [1] }));
      await t.call("getContactGroup", page(owner), { ContactItem: [{ ...to(bob), StandardMark: bits("10") }] });
    },
  }),
  scenario({
    id: "bits-without-a-name-can-be-set",
    title: "A bit of Chat without a name can be set",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup"],
    reason: "An app may use such a bit although the upper half is meant for it.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, star(bob, 4)));
      await t.call("getContactGroup", page(owner), { ContactItem: [{ StandardMark: bits("10000") }] });
    },
  }),
  scenario({
    id: "marks-of-the-first-and-last-bit",
    title: "The first and the last bit of a standard mark can be set",
    group: "limits",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup"],
    reason: "The number does not fit into a double, so code that calculates with it loses the first bit.",
    sources: ["mark-en-2024", "mark-en-2026", "web-sdk-3.6.6"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, star(bob, 0, most.markBit)));
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ StandardMark: bits(`1${"0".repeat(most.markBit - 1)}1`) }],
      });
    },
  }),
  scenario({
    id: "every-bit-can-be-set",
    title: "Each bit of a standard mark can be set and cleared",
    group: "limits",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup", "searchContactGroup"],
    calls: 4,
    reason: "An app may use any bit of its half; one that is lost or moved shows the wrong mark.",
    sources: ["mark-en-2024", "mark-en-2026", "project"],
    async run(t, { owner, bob }) {
      const every = Array.from({ length: most.markBit + 1 }, (_, bit) => bit);
      const [even, odd] = [0, 1].map((rest) => every.filter((bit) => bit % 2 === rest));
      const text = (set: readonly number[] = []): string =>
        every
          .map((bit) => Number(set.includes(bit)))
          .toReversed()
          .join("")
          .replace(/^0+/, "");
      await t.call("markContact", mark(owner, star(bob, ...(even ?? []))));
      await t.call("getContactGroup", page(owner), { ContactItem: [{ ...to(bob), StandardMark: bits(text(even)) }] });
      const item: MarkItem = { OptType: 1, ContactItem: to(bob), SetMark: odd ?? [], ClearMark: even ?? [] };
      await t.call("markContact", mark(owner, item));
      await t.call("searchContactGroup", search(owner, [to(bob)]), {
        ContactResultItem: [{ ...to(bob), StandardMark: bits(text(odd)) }],
      });
    },
  }),
  scenario({
    id: "marked-conversation-without-group",
    title: "A marked conversation that is in no group is in get",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup"],
    reason: "Get is the only operation that lists marked conversations.",
    sources: ["get-en-2023", "mark-en-2026"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, star(bob, 0)));
      await t.call("getContactGroup", page(owner), {
        ContactItem: [
          { ...to(bob), StandardMark: bits("1"), ContactGroupId: absentOr([]), Timestamp: now(clockTolerance) },
        ],
        GroupItem: absentOr([]),
      });
    },
  }),
  scenario({
    id: "unmarked-conversation-is-gone",
    title: "A conversation without groups whose last mark is cleared is neither in get nor in search",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup", "searchContactGroup"],
    calls: 6,
    reason: "Conversations without data would otherwise fill the pages and count towards the limit.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, both(bob, [0], "call back")));
      await t.call("markContact", mark(owner, note(bob, "")));
      await t.call("getContactGroup", page(owner), { ContactItem: [{ ...to(bob), StandardMark: bits("1") }] });
      await t.call("markContact", mark(owner, { OptType: 1, ContactItem: to(bob), ClearMark: [0] }));
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr([]) });
      await t.call("searchContactGroup", search(owner, [to(bob)]), { ContactResultItem: [] });
    },
  }),
  scenario({
    id: "marks-are-the-same-in-get-and-search",
    title: "A marked conversation has the same marks in get and in search",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup", "searchContactGroup"],
    reason: "Two operations return marks, and an app uses either.",
    sources: ["get-en-2023", "search-en-2026"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, both(bob, [1, 3], "call back")));
      const marked = { ...to(bob), StandardMark: bits("1010"), CustomMark: "call back" };
      const { ContactItem } = await t.call("getContactGroup", page(owner), { ContactItem: [marked] });
      await t.call("searchContactGroup", search(owner, [to(bob)]), {
        ContactResultItem: [{ ...marked, Timestamp: ContactItem?.[0]?.Timestamp }],
      });
    },
  }),
  scenario({
    id: "marks-of-others-stay",
    title: "Marking a conversation leaves the marks of others and the groups of all as they are",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "markContact", "getContactGroup"],
    calls: 4,
    reason: "A star on one conversation must not move another.",
    sources: ["mark-en-2024", "get-en-2023"],
    async run(t, { owner, bob, cat }) {
      const GroupId = await createGroup(t, owner, "family", [to(cat)]);
      await t.call("markContact", mark(owner, star(bob, 0)));
      await t.call("markContact", mark(owner, star(cat, 1)));
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([
          { ...to(bob), StandardMark: bits("1") },
          { ...to(cat), StandardMark: bits("10"), ContactGroupId: [GroupId] },
        ]),
      });
    },
  }),
  scenario({
    id: "marked-unknown-peer-fails-alone",
    title: "A mark of a conversation with a user who was not imported fails alone",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, stranger: unknown } },
    operations: ["markContact", "getContactGroup"],
    reason: "A client that checks only ErrorCode would lose the failed conversation silently.",
    sources: ["web-sdk-3.6.6", "project"],
    async run(t, { owner, bob, stranger }) {
      await t.call("markContact", mark(owner, star(stranger, 0), star(bob, 0)), {
        ResultItem: [
          { ContactItem: to(stranger), ResultCode: errorCodes.UserNotImported },
          { ContactItem: to(bob), ResultCode: 0 },
        ],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
  scenario({
    id: "marked-missing-chat-group-fails-alone",
    title: "A mark of a conversation in a chat group that does not exist fails alone",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported }, chatGroups: { gone: "missing" } },
    operations: ["markContact", "getContactGroup"],
    reason: "Chat groups are disbanded while users have them in lists; the rest of the call must succeed.",
    sources: ["errors-2025", "web-sdk-3.6.6", "project"],
    async run(t, { owner, bob, gone }) {
      const ofChatGroup: MarkItem = { OptType: 2, ContactItem: chat(gone), CustomMark: "call back" };
      await t.call("markContact", mark(owner, ofChatGroup, note(bob, "call back")), {
        ResultItem: [
          { ContactItem: chat(gone), ResultCode: errorCodes.ChatGroupUnavailable },
          { ContactItem: to(bob), ResultCode: 0 },
        ],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
];
