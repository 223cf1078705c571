/** Scenarios of limits: of a call, of a user, and of calls per second. */
import { errorCodes, limits as ofUser } from "@contact-groups/openapi/model";
import { operations } from "../../operations.ts";
import { absentOr, lengthOf, bits } from "../matching.ts";
import { burstsOf, type Context, fresh, imported, many, scenario, type Scenario, unknown } from "../scenario.ts";
import {
  add,
  change,
  chat,
  deletion,
  marks,
  most,
  newGroup,
  note,
  page,
  remove,
  rename,
  search,
  star,
  to,
} from "./bodies.ts";

const mostGroups = ofUser.groupsPerUser.maximum;
const mostGrouped = ofUser.groupedConversations.maximum;
const mostMarked = ofUser.markedConversations.maximum;

/** Divides a list into lists of this length. */
function chunks<Item>(list: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}

/** Creates as many groups as all but the last of the users need, `group 0` and so on, and returns the last. */
async function fillGroups(t: Context<"createContactGroup">, owner: string, peers: readonly string[]): Promise<string> {
  for (const [index, some] of chunks(peers.slice(0, -1), most.created).entries())
    await t.call("createContactGroup", newGroup(owner, `group ${index}`, some.map(to)));
  return peers.at(-1) ?? "";
}

const fills = Math.ceil(mostGrouped / most.created);
const marking = Math.ceil(mostMarked / most.marked);

export const limits: readonly Scenario[] = [
  scenario({
    id: "conversations-per-create",
    title: "A call adds conversations up to the limit, and rejects one more",
    group: "limits",
    needs: { users: { owner: fresh, peers: many(most.created + 1, imported) } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: 3,
    reason: "A client splits longer lists at this limit.",
    sources: ["native-sdk-8.0", "create-en-2026"],
    async run(t, { owner, peers }) {
      await t.call("createContactGroup", newGroup(owner, "too many", peers.map(to)), {
        ErrorCode: errorCodes.InvalidConversationCount,
      });
      await t.call("createContactGroup", newGroup(owner, "full", peers.slice(1).map(to)), {
        GroupResultItem: [{ ResultItem: lengthOf(most.created) }],
      });
      await t.readPages("getContactGroup", page(owner), {
        ContactItem: lengthOf(most.created),
        GroupItem: lengthOf(1),
      });
    },
  }),
  scenario({
    id: "conversations-per-update",
    title: "A call changes conversations of a group up to the limit, and rejects none and one more",
    group: "limits",
    needs: { users: { owner: fresh, peers: many(most.changed + 1, imported) } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    calls: 6,
    reason: "A client splits longer lists at this limit.",
    sources: ["native-sdk-8.0", "update-en-2026"],
    async run(t, { owner, peers }) {
      const added = peers.map((peer) => add(to(peer)));
      const rejected = { ErrorCode: errorCodes.InvalidConversationCount };
      await t.call("createContactGroup", newGroup(owner, "family"));
      await t.call("updateContactGroup", change(owner, "family", []), rejected);
      await t.call("updateContactGroup", change(owner, "family", added), rejected);
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr([]) });
      await t.call("updateContactGroup", change(owner, "family", added.slice(1)), {
        UpdateGroupResult: { ContactResultItem: lengthOf(most.changed) },
      });
      await t.readPages("getContactGroup", page(owner), { ContactItem: lengthOf(most.changed) });
    },
  }),
  scenario({
    id: "conversations-per-mark",
    title: "A call marks conversations up to the limit, and rejects none and one more",
    group: "limits",
    needs: { users: { owner: fresh, peers: many(most.marked + 1, imported) } },
    operations: ["markContact", "getContactGroup"],
    calls: 4,
    reason: "A client splits longer lists at this limit.",
    sources: ["mark-en-2024", "mark-en-2026", "errors-2025"],
    async run(t, { owner, peers }) {
      const stars = peers.map((peer) => star(peer, 0));
      const rejected = { ErrorCode: errorCodes.InvalidConversationCount };
      await t.call("markContact", marks(owner), rejected);
      await t.call("markContact", marks(owner, ...stars), rejected);
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr([]) });
      await t.call("markContact", marks(owner, ...stars.slice(1)), { ResultItem: lengthOf(most.marked) });
    },
  }),
  scenario({
    id: "longest-ids",
    title: "UserIDs and GroupIDs of as many bytes as the limit are valid: what they name is unknown, or has no data",
    group: "limits",
    needs: { users: { bob: imported, stranger: unknown }, chatGroups: { gone: "missing" } },
    operations: [
      "createContactGroup",
      "getContactGroup",
      "searchContactGroup",
      "updateContactGroup",
      "delContactGroup",
      "markContact",
    ],
    calls: 8,
    reason: "A caller with an ID within the limit must not learn that its request is invalid.",
    sources: ["use-limits-2025", "group-system-2025", "errors-2025", "project"],
    async run(t, { bob, stranger, gone }) {
      const user = stranger.padEnd(most.bytesOfUserId, "x");
      const unknownUser = { ErrorCode: errorCodes.UserNotImported };
      await t.call("createContactGroup", newGroup(user, "family"), unknownUser);
      await t.call("getContactGroup", page(user), unknownUser);
      await t.call("searchContactGroup", search(user, [to(bob)]), unknownUser);
      await t.call("updateContactGroup", rename(user, "family", "friends"), unknownUser);
      await t.call("delContactGroup", deletion(user, "family"), unknownUser);
      await t.call("markContact", marks(user, star(bob, 0)), unknownUser);
      await t.call("searchContactGroup", search(bob, [to(user)]));
      await t.call("searchContactGroup", search(bob, [chat(gone.padEnd(most.bytesOfChatGroupId, "x"))]), {
        ErrorCode: errorCodes.ChatGroupUnavailable,
      });
    },
  }),
  scenario({
    id: "groups-per-user",
    title: "A user can have groups up to the limit, and one more is rejected",
    group: "limits",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: mostGroups + 2,
    reason: "An app tells its user that the list of groups is full when it gets this code.",
    sources: ["create-zh-2023", "search-en-2026"],
    async run(t, { owner }) {
      for (let number = 0; number < mostGroups; number++)
        await t.call("createContactGroup", newGroup(owner, `group ${number}`, []));
      await t.call("createContactGroup", newGroup(owner, "one more", []), {
        ErrorCode: errorCodes.TooManyConversationGroups,
      });
      await t.call("getContactGroup", page(owner), { GroupItem: lengthOf(mostGroups) });
    },
  }),
  scenario({
    id: "grouped-conversations",
    title:
      "A user's groups can have different conversations up to the limit, and one more fails the call; a search finds as many as it may have",
    group: "limits",
    disputed: true,
    needs: { users: { owner: fresh, peers: many(mostGrouped + 1, imported) } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    calls: fills + 4,
    reason: "Documents say per group, for all groups, or groups and marks together; the description takes all groups.",
    sources: ["search-en-2026", "create-zh-2025"],
    async run(t, { owner, peers }) {
      const last = await fillGroups(t, owner, peers);
      await t.call("createContactGroup", newGroup(owner, "one more", [to(last)]), {
        ErrorCode: errorCodes.TooManyConversations,
      });
      await t.call("createContactGroup", newGroup(owner, "the same once more", peers.slice(0, 1).map(to)));
      await t.call("searchContactGroup", search(owner, peers.slice(0, most.searched).map(to)), {
        ContactResultItem: lengthOf(most.searched),
      });
      await t.readPages("getContactGroup", page(owner), {
        ContactItem: lengthOf(mostGrouped),
        GroupItem: lengthOf(fills + 1),
      });
    },
  }),
  scenario({
    id: "removed-conversation-makes-room",
    title: "A change beyond the limit of grouped conversations fails as a whole, and succeeds after a removal",
    group: "limits",
    disputed: true,
    needs: { users: { owner: fresh, bob: imported, peers: many(mostGrouped, imported) } },
    operations: ["createContactGroup", "updateContactGroup", "searchContactGroup", "getContactGroup"],
    calls: fills + 5,
    reason:
      "A caller recovers from this code by removing conversations, and must know that nothing of the failed call was done.",
    sources: ["search-en-2026", "create-zh-2025"],
    async run(t, { owner, bob, peers }) {
      const last = await fillGroups(t, owner, [bob, ...peers]);
      const replaced = [remove(to(bob)), add(to(last)), add(to(bob))];
      await t.call("updateContactGroup", change(owner, "group 0", replaced), {
        ErrorCode: errorCodes.TooManyConversations,
      });
      await t.call("searchContactGroup", search(owner, [to(bob), to(last)]), { ContactResultItem: [to(bob)] });
      await t.call("updateContactGroup", change(owner, "group 0", [remove(to(bob))]));
      await t.call("updateContactGroup", change(owner, "group 0", [add(to(last))]));
      await t.readPages("getContactGroup", page(owner), { ContactItem: lengthOf(mostGrouped) });
    },
  }),
  scenario({
    id: "marked-conversations",
    title: "A user can have different marked conversations up to the limit, and one more fails the call",
    group: "limits",
    disputed: true,
    needs: { users: { owner: fresh, bob: imported, peers: many(mostMarked - 1, imported), last: imported } },
    operations: ["markContact", "searchContactGroup", "getContactGroup"],
    calls: marking + 4,
    reason:
      "Documents say that marks have a limit of their own, or share it with groups; the description takes one of their own.",
    sources: ["search-en-2026", "create-zh-2025"],
    async run(t, { owner, bob, peers, last }) {
      const stars = [bob, ...peers].map((peer) => star(peer, 0));
      for (const some of chunks(stars, most.marked)) await t.call("markContact", marks(owner, ...some));
      await t.call("markContact", marks(owner, star(bob, 1), note(last, "one more")), {
        ErrorCode: errorCodes.TooManyConversations,
      });
      await t.call("markContact", marks(owner, note(bob, "the same once more")));
      await t.call("searchContactGroup", search(owner, [to(bob)]), {
        ContactResultItem: [{ StandardMark: bits("1"), CustomMark: "the same once more" }],
      });
      await t.readPages("getContactGroup", page(owner), { ContactItem: lengthOf(mostMarked) });
    },
  }),
  scenario({
    id: "call-rate",
    title: "Calls per second up to the limit succeed, and further calls are rejected until the next second",
    group: "limits",
    needs: { burst: true, users: { owner: imported } },
    operations: ["getContactGroup"],
    calls: Math.max(...operations.map((operation) => burstsOf(operation).reduce((sum, calls) => sum + calls))) + 1,
    reason: "A client slows down only when it gets this code.",
    sources: ["get-en-2023", "search-en-2026", "errors-2025"],
    async run(t, { owner }) {
      await t.burst("getContactGroup", page(owner));
      await t.call("getContactGroup", page(owner));
    },
  }),
];
