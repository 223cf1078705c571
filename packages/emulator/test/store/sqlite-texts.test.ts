import { array, assert, constantFrom, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { createMemoryState } from "../../src/store/memory.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { allAccounts, allChatGroups, allUsers, type StoreReader, type StoreWriter } from "../../src/store/store.ts";
import { UserState } from "../../src/state/user-state.ts";
import { fromKeyText, toKeyText } from "../../src/store/key-text.ts";

/** Texts of few different characters, so that they often differ by one of those that SQLite or UTF-8 treat in their own way. */
const texts = string({
  unit: constantFrom(
    "a",
    "A",
    "\0",
    "\ud800",
    "\udc00",
    "\ufffd",
    "😀",
    "\uffee",
    "\u{10ffff}",
    "0",
    " ",
    "é",
    "e\u0301",
  ),
  maxLength: 4,
});

const write = (store: StoreWriter, [user, peer, group, mark]: readonly [string, string, string, string]): void => {
  store.saveAccount(1, user);
  store.saveChatGroup(1, { id: peer, disbanded: false, members: [user, mark] });
  const state = new UserState(store, { sdkAppId: 1, userId: user });
  if (!state.groupByName(group)) state.createGroup(group, state.row.lastGroupId + 1);
  state.join({ type: 1, id: peer }, state.row.lastGroupId, 5);
  state.mark({ type: 2, id: peer }, { customMark: mark }, 6);
  state.save();
};

/** Reads pages of one row, each behind the last. */
const pagesOfOne = (store: StoreReader): readonly string[] => {
  const found: string[] = [];
  for (let page = store.userPage(1, undefined, 1); page.length > 0; page = store.userPage(1, found.at(-1), 1))
    found.push(...page);
  return found;
};

const readAll = (store: StoreReader, wanted: readonly string[]) => ({
  accounts: [...allAccounts(store, 1)],
  chatGroups: [...allChatGroups(store, 1)],
  users: [...allUsers(store, 1)].map((userId) => {
    const key = { sdkAppId: 1, userId };
    const requested = wanted.flatMap((id) => [{ type: 1, id } as const, { type: 2, id } as const]);
    return [
      userId,
      store.user(key),
      store.groups(key),
      [...store.conversations(key)],
      store.conversationsJson(key, requested),
    ];
  }),
  pages: pagesOfOne(store),
  found: wanted.map((id) => [store.hasAccount(1, id), wanted.map((user) => store.membershipStatus(1, id, user))]),
});

test("distinguishes any two texts, and returns them in the same order as in memory", () => {
  assert(
    property(array(tuple(texts, texts, texts, texts), { maxLength: 8 }), (rows) => {
      const stores = [createMemoryState(), createSqliteState({ path: ":memory:" })];
      for (const row of rows) for (const store of stores) store.transaction((writer) => write(writer, row));
      const wanted = rows.flat();
      const [inMemory, inSqlite] = stores.map((store) => readAll(store, wanted));
      for (const store of stores) store.close();
      expect(inSqlite).toEqual(inMemory);
    }),
  );
});

test("different texts are different keys, which UTF-8 can hold", () => {
  assert(
    property(texts, texts, (one, other) => {
      expect(toKeyText(one) === toKeyText(other)).toBe(one === other);
      expect(fromKeyText(toKeyText(one))).toBe(one);
      expect(toKeyText(one)).not.toMatch(/[\0\p{Surrogate}]/u);
    }),
    { numRuns: 1000 },
  );
});
