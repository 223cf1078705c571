/** Scenarios of custom marks, and of what they have to do with standard marks. */
import { errorCodes, requestChecks } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, oneOf, bits } from "../matching.ts";
import { fresh, imported, scenario, type Scenario } from "../scenario.ts";
import { both, marks as mark, most, note, page, search, star, textOf, to } from "./bodies.ts";

export const customMarks: readonly Scenario[] = [
  scenario({
    id: "custom-mark-is-set-and-cleared",
    title: "A custom mark is set, and cleared by an empty text",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["markContact", "getContactGroup", "searchContactGroup"],
    calls: 4,
    reason: "There is no other way to delete a custom mark.",
    sources: ["mark-en-2024", "mark-en-2026", "web-sdk-marks"],
    async run(t, { owner, bob, cat }) {
      await t.call("markContact", mark(owner, note(bob, "回电话"), note(cat, "important")), {
        ResultItem: [
          { OptType: 2, ContactItem: to(bob), ResultCode: 0 },
          { OptType: 2, ContactItem: to(cat), ResultCode: 0 },
        ],
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([
          { ...to(bob), CustomMark: "回电话" },
          { ...to(cat), CustomMark: "important" },
        ]),
      });
      await t.call("markContact", mark(owner, both(bob, [0], "")), {
        ResultItem: [{ OptType: 3, ContactItem: to(bob), ResultCode: 0 }],
      });
      await t.call("searchContactGroup", search(owner, [to(bob), to(cat)]), {
        ContactResultItem: [
          { ...to(bob), StandardMark: bits("1"), CustomMark: absentOr("") },
          { ...to(cat), CustomMark: "important" },
        ],
      });
    },
  }),
  scenario({
    id: "custom-mark-bytes",
    title: "A custom mark can have as many bytes as the limit, and one more is rejected",
    group: "limits",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["markContact", "getContactGroup"],
    calls: 3,
    reason: "A text within the limit must not be rejected or truncated; the documents name the limit, but no code.",
    sources: ["mark-en-2024", "mark-en-2026", "project"],
    async run(t, { owner, bob, cat }) {
      const longest = textOf(most.bytesOfCustomMark);
      const mostCharacters = textOf(most.bytesOfCustomMark, "x");
      await t.call("markContact", mark(owner, note(bob, longest), note(cat, mostCharacters)));
      await t.call("markContact", mark(owner, note(bob, textOf(most.bytesOfCustomMark + 1))), {
        ErrorCode: requestChecks.body.error,
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([
          { ...to(bob), CustomMark: longest },
          { ...to(cat), CustomMark: mostCharacters },
        ]),
      });
    },
  }),
  scenario({
    id: "kinds-of-marks-are-apart",
    title: "A standard mark leaves the custom mark as it is, and a custom mark the standard marks",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["markContact", "getContactGroup"],
    calls: 5,
    reason: "A caller that sets one kind must not delete what another part of the app keeps in the other.",
    sources: ["mark-en-2024", "mark-en-2026"],
    async run(t, { owner, bob }) {
      await t.call("markContact", mark(owner, both(bob, [1], "call back")));
      await t.call("markContact", mark(owner, star(bob, 2)));
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), StandardMark: bits("110"), CustomMark: "call back" }],
      });
      await t.call("markContact", mark(owner, note(bob, "important")));
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), StandardMark: bits("110"), CustomMark: "important" }],
      });
    },
  }),
  scenario({
    id: "mark-of-another-kind-is-not-set",
    title: "An item with a mark of another kind than its OptType is rejected, or that mark is ignored",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["markContact", "searchContactGroup"],
    calls: 4,
    reason: "A caller that sets one kind of mark must not change the other.",
    sources: ["mark-en-2024", "mark-en-2026", "project"],
    async run(t, { owner, bob, cat }) {
      for (const MarkItem of [
        { ...note(bob, "call back"), SetMark: [0] },
        { ...star(cat, 0), CustomMark: "call back" },
      ])
        await t.send(
          "markContact",
          { body: { From_Account: owner, MarkItem: [MarkItem] } },
          { ErrorCode: oneOf(0, errorCodes.InvalidRequestParameter) },
        );
      // A conversation without marks is not in the list.
      const nothingOr = (item: object) => ({ ContactResultItem: oneOf([], [item]) });
      await t.call("searchContactGroup", search(owner, [to(bob)]), nothingOr({ StandardMark: absentOr(bits("")) }));
      await t.call("searchContactGroup", search(owner, [to(cat)]), nothingOr({ CustomMark: absentOr("") }));
    },
  }),
];
