import { beforeEach, describe, expect, test } from "vitest";
import { UserState } from "../src/state/user-state.ts";
import {
  allAccounts,
  allChatGroups,
  allUsers,
  type ConversationKey,
  type ConversationRow,
  type StateStore,
  type StoreReader,
  type StoreWriter,
  type UserKey,
} from "../src/store/store.ts";

const key = { sdkAppId: 1400000000, userId: "ann" };
const bob: ConversationKey = { type: 1, id: "bob" };
const open: ConversationKey = { type: 2, id: "bob" };

const row = (
  conversation: ConversationKey,
  position: number,
  groups: ConversationRow["groups"] = [],
): ConversationRow => ({
  ...conversation,
  groups,
  standardMark: "",
  customMark: "x",
  timestamp: 1,
  position,
  json: `{"at":${position}}` as ConversationRow["json"],
});

/** Keeps a user who has nothing. */
function saveUser(writer: StoreWriter, user: UserKey): void {
  const state = new UserState(writer, user);
  state.reserve({});
  state.save();
}

/** What every store has to do. */
export function describeStore(name: string, createStore: () => StateStore): void {
  describe(`the store ${name}`, () => {
    let store: StateStore;
    const write = (run: (writer: StoreWriter) => void): void => store.transaction(run);
    beforeEach(() => void (store = createStore()));

    test("distinguishes conversations by type and ID, and users by app", () => {
      write((writer) => {
        writer.saveConversation(key, row(bob, 0));
        writer.saveConversation(key, row(open, 1));
      });
      expect(store.conversationsJson(key, [open, bob, { type: 1, id: "BOB" }])).toEqual([
        '{"at":1}',
        '{"at":0}',
        undefined,
      ]);
      expect(store.conversation({ ...key, sdkAppId: 1 }, bob)).toBeUndefined();
      expect(store.conversation(key, bob)).toEqual(row(bob, 0));
    });

    test("reads pages by position, over gaps, and returns where the next page begins", () => {
      write((writer) => {
        for (const position of [0, 1, 5, 9])
          writer.saveConversation(key, row({ type: 1, id: `${position}` }, position));
      });
      expect(store.page(key, 0, 2)).toEqual({ json: '{"at":0},{"at":1}', next: 5 });
      expect(store.page(key, 2, 2)).toEqual({ json: '{"at":5},{"at":9}', next: undefined });
      expect(store.page(key, 2 ** 53, 2)).toEqual({ json: "", next: undefined });
      expect(store.page({ ...key, userId: "bob" }, 0, 2)).toEqual({ json: "", next: undefined });
    });

    test("replaces a conversation in its place, and removes one", () => {
      write((writer) => {
        writer.saveConversation(key, row(bob, 0));
        writer.saveConversation(key, row(open, 1));
        writer.saveConversation(key, { ...row(bob, 0), json: '{"new":1}' as ConversationRow["json"] });
      });
      expect(store.page(key, 0, 9)).toEqual({ json: '{"new":1},{"at":1}', next: undefined });
      write((writer) => {
        writer.removeConversation(key, bob);
        writer.removeConversation(key, bob);
      });
      expect([...store.conversations(key)]).toEqual([row(open, 1)]);
    });

    test("assigns a removed conversation another position when it is added again", () => {
      for (const position of [0, 7]) {
        write((writer) => writer.saveConversation(key, row(bob, position)));
        expect(store.conversation(key, bob)).toEqual(row(bob, position));
        expect(store.page(key, 0, 9)).toEqual({
          json: `{"at":${position}}` as ConversationRow["json"],
          next: undefined,
        });
        write((writer) => writer.removeConversation(key, bob));
      }
    });

    test("finds the conversation that was added first, of a group and of all", () => {
      write((writer) => {
        writer.saveConversation(
          key,
          row(bob, 0, [
            { groupId: 1, order: 7 },
            { groupId: 2, order: 1 },
          ]),
        );
        writer.saveConversation(key, row(open, 1, [{ groupId: 1, order: 3 }]));
      });
      expect([store.earliestGrouped(key, 1)?.type, store.earliestGrouped(key, 2)?.type]).toEqual([2, 1]);
      expect([store.earliestGrouped(key)?.type, store.earliestGrouped(key, 3)]).toEqual([1, undefined]);
    });

    test("finds an example of a user and of an account", () => {
      const { sdkAppId } = key;
      expect(store.examples(sdkAppId)).toEqual({ user: undefined, account: undefined });
      write((writer) => {
        writer.saveAccount(sdkAppId, "\u{10FFFF}\0");
        writer.saveAccount(1, "other");
      });
      expect(store.examples(sdkAppId)).toEqual({ user: undefined, account: "\u{10FFFF}\0" });
      write((writer) => saveUser(writer, { ...key, userId: "\uD800" }));
      expect(store.examples(sdkAppId)).toEqual({ user: "\uD800", account: "\u{10FFFF}\0" });
    });

    test("keeps groups by ascending ID", () => {
      write((writer) => {
        for (const id of [2, 1, 3]) writer.saveGroup(key, { id, name: `g${id}`, size: 0 });
        writer.saveGroup(key, { id: 2, name: "g2", size: 5 });
        writer.removeGroup(key, 3);
      });
      expect(store.groups(key)).toEqual([
        { id: 1, name: "g1", size: 0 },
        { id: 2, name: "g2", size: 5 },
      ]);
    });

    test("keeps accounts, chat groups and their members", () => {
      write((writer) => {
        writer.saveAccount(1, "ann");
        writer.saveChatGroup(1, { id: "open", disbanded: false });
        writer.saveChatGroup(1, { id: "some", disbanded: false, members: ["ann"] });
        writer.saveChatGroup(1, { id: "gone", disbanded: true });
      });
      expect([store.hasAccount(1, "ann"), store.hasAccount(1, "Ann"), store.hasAccount(2, "ann")]).toEqual([
        true,
        false,
        false,
      ]);
      expect(["open", "some", "gone", "none"].map((id) => store.membershipStatus(1, id, "bob"))).toEqual([
        "member",
        "nonmember",
        "disbanded",
        "missing",
      ]);
      write((writer) => writer.saveChatGroup(1, { id: "some", disbanded: false, members: ["bob"] }));
      expect([store.membershipStatus(1, "some", "ann"), store.membershipStatus(1, "some", "bob")]).toEqual([
        "nonmember",
        "member",
      ]);
      write((writer) => {
        writer.removeChatGroup(1, "open");
        writer.removeAccount(1, "ann");
      });
      expect([store.membershipStatus(1, "open", "bob"), store.hasAccount(1, "ann")]).toEqual(["missing", false]);
    });

    test("lists everything in a fixed order", () => {
      write((writer) => {
        for (const id of ["b", "a", "B"]) {
          writer.saveAccount(2, id);
          writer.saveChatGroup(2, { id, disbanded: false });
          saveUser(writer, { sdkAppId: 2, userId: id });
        }
        writer.saveAccount(1, "a");
      });
      expect(store.apps()).toEqual([1, 2]);
      expect([...allAccounts(store, 2)]).toEqual(["B", "a", "b"]);
      expect([...allChatGroups(store, 2)].map(({ id }) => id)).toEqual(["B", "a", "b"]);
      expect([...allUsers(store, 2)]).toEqual(["B", "a", "b"]);
    });

    /** Changes ann's state, and returns it as the next transaction reads it. */
    const changeUser = (change: (user: UserState) => void): UserState => {
      write((writer) => {
        const user = new UserState(writer, key);
        change(user);
        user.save();
      });
      return store.transaction((writer) => new UserState(writer, key));
    };
    const family = { GroupName: "family", GroupId: 1 };

    test("renames a group, whose conversations stay as they are", () => {
      changeUser((user) => {
        user.createGroup("friends", 1);
        user.createGroup("work", 2);
        user.join(bob, 1, 5);
      });
      const before = store.conversation(key, bob);
      const user = changeUser((it) => it.renameGroup(1, "family"));
      expect(JSON.parse(`[${user.row.groupsJson}]`)).toEqual([family, { GroupName: "work", GroupId: 2 }]);
      expect(user.groupByName("family")).toEqual({ id: 1, name: "family", size: 1 });
      expect(user.groupByName("friends")).toBeUndefined();
      expect(store.conversation(key, bob)).toEqual(before);
      expect(changeUser((it) => it.renameGroup(9, "none")).row).toEqual(user.row);
    });

    test("finds the group with the lowest ID when several have the name", () => {
      const user = changeUser((it) => {
        it.createGroup("friends", 1);
        it.createGroup("family", 2);
        it.renameGroup(1, "family");
      });
      expect(user.groupByName("family")?.id).toBe(1);
    });

    test("removes a group: its conversations keep other groups and marks, those without any are forgotten", () => {
      const [only, other, marked] = ["only", "other", "marked"].map((id): ConversationKey => ({ type: 1, id }));
      changeUser((user) => {
        user.createGroup("family", 1);
        user.createGroup("work", 2);
        for (const conversation of [only!, other!, marked!]) user.join(conversation, 2, 5);
        user.join(other!, 1, 5);
        user.join(bob, 1, 5);
        user.mark(marked!, { customMark: "x" }, 5);
      });
      const user = changeUser((it) => it.removeGroup(2, 7));
      expect(user.row).toMatchObject({ lastGroupId: 2, groups: 1, grouped: 2, marked: 1, kept: 3 });
      expect(JSON.parse(`[${user.row.groupsJson}]`)).toEqual([family]);
      expect(store.groups(key)).toEqual([{ id: 1, name: "family", size: 2 }]);
      const rows = [only!, other!, marked!, bob].map((conversation) => store.conversation(key, conversation));
      expect(rows.map((it) => it && [it.groups.map(({ groupId }) => groupId), it.timestamp])).toEqual([
        undefined,
        [[1], 7],
        [[], 7],
        [[1], 5],
      ]);
      expect(JSON.parse(`[${store.page(key, 0, 9).json}]`)).toEqual([
        { Type: 1, To_Account: "other", StandardMark: "", ContactGroupId: [1], Timestamp: 7 },
        { Type: 1, To_Account: "marked", StandardMark: "", CustomMark: "x", Timestamp: 7 },
        { Type: 1, To_Account: "bob", StandardMark: "", ContactGroupId: [1], Timestamp: 5 },
      ]);
    });

    test("forgets a conversation without a group when its last mark is removed", () => {
      changeUser((user) => user.mark(bob, { standardMark: "1", customMark: "x" }, 5));
      expect(changeUser((user) => user.mark(bob, { standardMark: "" }, 6)).row).toMatchObject({ marked: 1, kept: 1 });
      expect(changeUser((user) => user.mark(bob, { customMark: "" }, 7)).row).toMatchObject({ marked: 0, kept: 0 });
      expect(store.conversation(key, bob)).toBeUndefined();
    });

    test("undoes all writes of a transaction that throws", () => {
      const change = (writer: StoreWriter): void => {
        const state = new UserState(writer, key);
        state.createGroup("more", state.row.lastGroupId + 1);
        state.join(bob, state.row.lastGroupId, 5);
        state.mark(open, { standardMark: "1" }, 5);
        state.save();
        writer.saveAccount(1, "ann");
        writer.saveChatGroup(1, { id: "open", disbanded: false });
      };
      write(change);
      const before = dump(store);
      expect(() =>
        write((writer) => {
          change(writer);
          writer.removeConversation(key, bob);
          writer.removeAccount(1, "ann");
          writer.clear();
          change(writer);
          throw new Error("stop");
        }),
      ).toThrow("stop");
      expect(dump(store)).toEqual(before);
    });

    test("undoes only the writes of an inner transaction", () => {
      write((writer) => {
        writer.saveAccount(1, "first");
        expect(() =>
          writer.transaction((inner) => {
            inner.saveAccount(1, "second");
            throw new Error("stop");
          }),
        ).toThrow("stop");
        writer.saveAccount(1, "third");
      });
      expect([...allAccounts(store, 1)]).toEqual(["first", "third"]);
    });

    test("restores a checkpoint of an app, any number of times, where the store supports them", () => {
      write((writer) => {
        const state = new UserState(writer, key);
        state.mark(bob, { customMark: "x" }, 1);
        state.save();
        writer.saveAccount(9, "bob");
      });
      const before = dump(store);
      const goBack = store.checkpoint?.(key.sdkAppId);
      for (const text of goBack ? ["y", "z"] : []) {
        write((writer) => {
          const later = new UserState(writer, key);
          later.mark(bob, { customMark: text }, 2);
          later.mark(open, { customMark: text }, 2);
          later.save();
          writer.saveAccount(key.sdkAppId, "new");
        });
        goBack?.();
        expect(dump(store)).toEqual(before);
      }
    });

    test("returns what a transaction returns, and deletes everything when cleared", () => {
      expect(store.transaction((writer) => (writer.saveAccount(1, "a"), 5))).toBe(5);
      write((writer) => writer.clear());
      expect(dump(store)).toEqual([]);
    });

    /** Keeps something of each kind in an app. */
    const fill = (writer: StoreWriter, sdkAppId: number, text: string): void => {
      writer.saveAccount(sdkAppId, text);
      writer.saveChatGroup(sdkAppId, { id: text, disbanded: false, members: [text] });
      const state = new UserState(writer, { sdkAppId, userId: "ann" });
      state.createGroup(text, state.row.lastGroupId + 1);
      state.mark(bob, { customMark: text }, 1);
      state.save();
    };

    test("clears, counts and restores one app, and leaves the others as they are", () => {
      write((writer) => {
        fill(writer, 1, "x");
        fill(writer, 2, "y");
      });
      expect([store.counts(1), store.counts(9), store.counts()]).toEqual([
        { accounts: 1, chatGroups: 1, users: 1 },
        { accounts: 0, chatGroups: 0, users: 0 },
        { accounts: 2, chatGroups: 2, users: 2 },
      ]);
      const before = dump(store);
      const goBack = store.checkpoint?.(2);
      write((writer) => writer.clear(2));
      expect(store.apps()).toEqual([1]);
      expect([store.hasAccount(2, "y"), store.membershipStatus(2, "y", "y")]).toEqual([false, "missing"]);
      write((writer) => fill(writer, 2, "z"));
      expect([...allAccounts(store, 2)]).toEqual(["z"]);
      goBack?.();
      if (goBack) expect(dump(store)).toEqual(before);
    });

    test("undoes the clearing of an app in an inner transaction, and writes after it", () => {
      write((writer) => fill(writer, 1, "x"));
      const before = dump(store);
      write((writer) => {
        expect(() =>
          writer.transaction((inner) => {
            inner.clear(1);
            fill(inner, 1, "y");
            fill(inner, 2, "y");
            throw new Error("stop");
          }),
        ).toThrow("stop");
        expect(dump(writer)).toEqual(before);
        fill(writer, 2, "z");
      });
      expect(dump(store)).toMatchObject([
        { sdkAppId: 1, accounts: ["x"] },
        { sdkAppId: 2, accounts: ["z"] },
      ]);
    });

    test("lists accounts, chat groups and users page by page, while they are added and removed", () => {
      write((writer) => {
        for (const id of ["d", "b", "f"]) {
          writer.saveAccount(1, id);
          writer.saveChatGroup(1, { id, disbanded: false });
          saveUser(writer, { sdkAppId: 1, userId: id });
        }
      });
      const read = (after: string | undefined, limit: number): unknown => {
        const pages = [store.accountPage(1, after, limit), store.userPage(1, after, limit)];
        const groups = store.chatGroupPage(1, after, limit).map(({ id }) => id);
        expect(pages).toEqual([groups, groups]);
        return groups;
      };
      expect([read(undefined, 2), read("d", 2), read("f", 2), read("c", 1)]).toEqual([["b", "d"], ["f"], [], ["d"]]);
      write((writer) => {
        for (const id of ["e", "a", "d"]) {
          writer.saveAccount(1, id);
          writer.saveChatGroup(1, { id, disbanded: false });
          saveUser(writer, { sdkAppId: 1, userId: id });
        }
      });
      expect([read(undefined, 3), read("d", 9)]).toEqual([
        ["a", "b", "d"],
        ["e", "f"],
      ]);
      write((writer) => {
        for (const id of ["e", "d"]) writer.removeAccount(1, id);
        writer.removeAccount(1, "a");
        writer.saveAccount(1, "a");
      });
      expect(store.accountPage(1, undefined, 9)).toEqual(["a", "b", "f"]);
      expect([store.accountPage(9, undefined, 9), store.userPage(9, "a", 9)]).toEqual([[], []]);
    });

    test("shows nothing of a draft until it replaces the state of apps", () => {
      write((writer) => {
        fill(writer, 1, "x");
        fill(writer, 3, "x");
      });
      const before = dump(store);
      const draft = store.draft();
      const dropped = store.draft();
      draft.transaction((writer) => fill(writer, 1, "y"));
      dropped.transaction((writer) => fill(writer, 1, "never"));
      draft.transaction((writer) => {
        fill(writer, 2, "z");
        expect(writer.hasAccount(1, "y")).toBe(true);
        expect(writer.apps()).toEqual([1, 2]);
      });
      expect(() =>
        draft.transaction((writer) => {
          fill(writer, 2, "undone");
          throw new Error("stop");
        }),
      ).toThrow("stop");
      dropped.drop();
      expect(dump(store)).toEqual(before);
      write((writer) => fill(writer, 3, "lost"));
      draft.use([1, 2, 3]);
      expect(dump(store)).toMatchObject([
        { sdkAppId: 1, accounts: ["y"], chatGroups: [{ id: "y" }], users: [{ groups: [{ id: 1, name: "y" }] }] },
        { sdkAppId: 2, accounts: ["z"], users: [{ groups: [{ id: 1, name: "z" }] }] },
      ]);
      expect([store.membershipStatus(1, "y", "y"), store.membershipStatus(1, "y", "x")]).toEqual([
        "member",
        "nonmember",
      ]);
    });

    test("replaces the state of one app with that of a draft", () => {
      write((writer) => {
        fill(writer, 1, "x");
        fill(writer, 2, "x");
      });
      const draft = store.draft();
      draft.transaction((writer) => fill(writer, 2, "y"));
      write((writer) => fill(writer, 1, "z"));
      draft.use([2]);
      store.draft().use([3]);
      expect(dump(store)).toMatchObject([
        { sdkAppId: 1, accounts: ["x", "z"] },
        { sdkAppId: 2, accounts: ["y"] },
      ]);
    });
  });
}

function dump(store: StoreReader): readonly object[] {
  return store.apps().map((sdkAppId) => ({
    sdkAppId,
    accounts: [...allAccounts(store, sdkAppId)],
    chatGroups: [...allChatGroups(store, sdkAppId)],
    users: [...allUsers(store, sdkAppId)].map((userId) => ({
      row: store.user({ sdkAppId, userId }),
      groups: store.groups({ sdkAppId, userId }),
      conversations: [...store.conversations({ sdkAppId, userId })],
    })),
  }));
}
