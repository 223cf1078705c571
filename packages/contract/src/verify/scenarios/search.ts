/** Scenarios of search. */
import { errorCodes, requestChecks } from "@contact-groups/openapi/model";
import { fresh, imported, many, scenario, type Scenario, unknown } from "../scenario.ts";
import { chat, createGroup, most, search, to } from "./bodies.ts";

export const searches: readonly Scenario[] = [
  scenario({
    id: "search-leaves-unknown-out",
    title: "A conversation without groups and marks is missing from a search result",
    group: "valid",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["searchContactGroup"],
    reason: "A caller must know whether a missing entry means no data or an error.",
    sources: ["search-en-2026", "project"],
    async run(t, { owner, bob }) {
      await t.call("searchContactGroup", search(owner, [to(bob)]), { ContactResultItem: [] });
    },
  }),
  scenario({
    id: "search-for-unknown-user",
    title: "A search call for a user who was not imported is rejected",
    group: "invalid",
    needs: { users: { stranger: unknown, bob: imported } },
    operations: ["searchContactGroup"],
    reason: "A caller imports the account when it gets this code, and calls again.",
    sources: ["search-en-2026", "errors-2025"],
    async run(t, { stranger, bob }) {
      await t.call("searchContactGroup", search(stranger, [to(bob)]), { ErrorCode: errorCodes.UserNotImported });
    },
  }),
  scenario({
    id: "search-of-missing-chat-group",
    title: "A search for a missing chat group is rejected as a whole",
    group: "stateful",
    needs: { users: { owner: imported }, chatGroups: { gone: "missing" } },
    operations: ["searchContactGroup"],
    reason:
      "The document of the search lists this code for the whole call, so a client must remove that chat group and search again.",
    sources: ["search-en-2026"],
    async run(t, { owner, gone }) {
      await t.call("searchContactGroup", search(owner, [chat(gone)]), { ErrorCode: errorCodes.ChatGroupUnavailable });
    },
  }),
  scenario({
    id: "search-in-the-order-requested",
    title: "A search returns each conversation once, in the order of the request",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported, dan: imported } },
    operations: ["createContactGroup", "searchContactGroup"],
    reason: "A caller may match results to the request by position.",
    sources: ["search-en-2026", "project"],
    async run(t, { owner, bob, cat, dan }) {
      await createGroup(t, owner, "family", [to(bob), to(cat), to(dan)]);
      await t.call("searchContactGroup", search(owner, [to(dan), to(bob), to(dan)]), {
        ContactResultItem: [to(dan), to(bob)],
      });
    },
  }),
  scenario({
    id: "conversations-per-search",
    title: "A search accepts conversations up to the limit, and rejects one more",
    group: "limits",
    needs: { users: { owner: imported, strangers: many(most.searched + 1, unknown) } },
    operations: ["searchContactGroup"],
    calls: 2,
    reason: "A client splits longer lists at this limit.",
    sources: ["search-zh-2023", "search-en-2026"],
    async run(t, { owner, strangers }) {
      const conversations = strangers.map(to);
      await t.call("searchContactGroup", search(owner, conversations.slice(1)));
      await t.call("searchContactGroup", search(owner, conversations), { ErrorCode: requestChecks.body.error });
    },
  }),
];
