/** Scenarios of get: its pages and their order. */
import { errorCodes, queryFields } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, lengthOf } from "../matching.ts";
import { fresh, imported, many, scenario, type Scenario, unknown } from "../scenario.ts";
import { createGroup, most, newGroup, page, search, to } from "./bodies.ts";

const [random] = queryFields.flatMap(({ name, field }) => (name === "random" && "minimum" in field ? [field] : []));
const secondGroup = 5;

export const pages: readonly Scenario[] = [
  scenario({
    id: "get-of-new-user-is-empty",
    title: "A user without groups and marks has one empty page",
    group: "valid",
    needs: { users: { owner: fresh } },
    operations: ["getContactGroup"],
    reason: "A caller that reads pages until CompleteFlag is 1 must also stop for a user without conversations.",
    sources: ["get-en-2023", "web-sdk-3.6.6"],
    async run(t, { owner }) {
      await t.call("getContactGroup", page(owner), {
        ContactItem: absentOr([]),
        GroupItem: absentOr([]),
        CompleteFlag: absentOr(1),
      });
    },
  }),
  scenario({
    id: "get-takes-any-random",
    title: "The smallest and the largest random are accepted",
    group: "valid",
    needs: { users: { owner: imported } },
    operations: ["getContactGroup"],
    calls: 2,
    reason: "A client generates random from all unsigned 32-bit integers.",
    sources: ["search-en-2026", "overview-2025"],
    async run(t, { owner }) {
      for (const value of [random?.minimum, random?.maximum])
        await t.send("getContactGroup", { query: { random: String(value) }, body: page(owner) }, {});
    },
  }),
  scenario({
    id: "calls-with-the-same-random",
    title: "Calls with the same random are different calls",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup"],
    calls: 2,
    reason:
      "Clients draw random independently, and some always send the same one; a call must not be taken for another.",
    sources: ["overview-2025", "project"],
    async run(t, { owner }) {
      const query = { random: String(random?.minimum) };
      for (const GroupName of ["family", "work"])
        await t.send(
          "createContactGroup",
          { query, body: newGroup(owner, GroupName) },
          { GroupResultItem: [{ GroupItem: { GroupName } }] },
        );
    },
  }),
  scenario({
    id: "get-for-unknown-user",
    title: "A get call for a user who was not imported is rejected",
    group: "invalid",
    needs: { users: { stranger: unknown } },
    operations: ["getContactGroup"],
    reason: "A caller imports the account when it gets this code, and calls again.",
    sources: ["get-en-2023", "errors-2025"],
    async run(t, { stranger }) {
      await t.call("getContactGroup", page(stranger), { ErrorCode: errorCodes.UserNotImported });
    },
  }),
  scenario({
    id: "get-in-the-order-kept",
    title: "Get returns conversations in the order in which they were first added to a group",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported, dan: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    reason: "An order that changed between two pages would make a caller miss a conversation.",
    sources: ["get-en-2023", "project"],
    async run(t, { owner, bob, cat, dan }) {
      await createGroup(t, owner, "family", [to(dan), to(bob)]);
      await createGroup(t, owner, "work", [to(cat), to(dan)]);
      await t.call("getContactGroup", page(owner), { ContactItem: [to(dan), to(bob), to(cat)] });
    },
  }),
  scenario({
    id: "all-pages-are-read",
    title:
      "Pages together have each conversation once, only the last page is marked as the last, and a search finds them all",
    group: "stateful",
    needs: { users: { owner: fresh, peers: many(most.created + secondGroup, imported) } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    calls: 5,
    reason: "A caller that misses a page, or never sees the last one, shows an incomplete list or does not stop.",
    sources: ["get-en-2023", "web-sdk-3.6.6", "search-en-2026"],
    async run(t, { owner, peers }) {
      const conversations = peers.map(to);
      await t.call("createContactGroup", newGroup(owner, "many", conversations.slice(0, most.created)));
      await t.call("createContactGroup", newGroup(owner, "more", conversations.slice(most.created)));
      await t.readPages("getContactGroup", page(owner), {
        ContactItem: lengthOf(conversations.length),
        GroupItem: lengthOf(2),
      });
      await t.readPages("getContactGroup", page(owner), { ContactItem: anyOrder(conversations) });
      await t.call("searchContactGroup", search(owner, conversations), { ContactResultItem: anyOrder(conversations) });
    },
  }),
  scenario({
    id: "page-beyond-the-end",
    title: "A page beyond the end is empty and marked as the last",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    reason: "Conversations can be deleted between two pages, and pagination must still end.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob)]));
      await t.call("getContactGroup", page(owner, 100_000), {
        ContactItem: absentOr([]),
        CompleteFlag: absentOr(1),
      });
    },
  }),
];
