import { errorCodes, limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { added, codes, create, custom, emulate, failure, mark, regroup, remove, removed, search, to } from "../call.ts";
import { fullSeed } from "../full-user.ts";

const { maximum } = limits.groupedConversations;

test("counts a conversation in several groups once, and not one that only has a mark", async () => {
  const emulator = emulate({ accounts: "lenient" }, { seed: fullSeed(maximum - 1, 500) });
  expect(await create(emulator, "new", [to("peer0"), to("peer1"), to("extra1")])).toMatchObject({ ErrorCode: 0 });
});

test("counts each group separately when the setting is group", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCapScope: "group" }, { seed: fullSeed(maximum) });
  expect(await create(emulator, "new", [to("extra1")])).toMatchObject({ ErrorCode: 0 });
  const response = await create(emulator, "full", [to("extra1")]);
  expect(response).toMatchObject(failure("TooManyConversations", "conversation.cap"));
});

test("counts groups and marks together when the setting is shared", async () => {
  const emulator = emulate(
    { accounts: "lenient", conversationCapScope: "shared" },
    { seed: fullSeed(maximum - 500, 500) },
  );
  expect(await create(emulator, "new", [to("marked0"), to("peer0")])).toMatchObject({ ErrorCode: 0 });
  const response = await create(emulator, "new", [to("extra1")]);
  expect(response).toMatchObject(failure("TooManyConversations", "conversation.cap"));
});

test("evicts from the one group when the setting is group", async () => {
  const settings = { accounts: "lenient", conversationCapScope: "group", conversationCap: "evict" } as const;
  const emulator = emulate(settings, { seed: fullSeed(maximum) });
  await create(emulator, "other", [to("peer0")]);
  await create(emulator, "full", [to("extra1")]);
  expect(await search(emulator, [to("peer0"), to("extra1")])).toMatchObject({
    ContactResultItem: [{ ContactGroupId: [2] }, { ContactGroupId: [1] }],
  });
});

test("evicts until one more fits when a seed exceeds the cap", async () => {
  const settings = { accounts: "lenient", conversationCapScope: "group", conversationCap: "evict" } as const;
  const emulator = emulate(settings, { seed: fullSeed(maximum + 2) });
  await create(emulator, "full", [to("extra1")]);
  const found = await search(emulator, [to("peer2"), to("peer3"), to("extra1")]);
  expect(found["ContactResultItem"]).toMatchObject([to("peer3"), to("extra1")]);
});

test("evicts none when marks alone reach the cap, although some marked conversations are in groups", async () => {
  const settings = { accounts: "lenient", conversationCapScope: "shared", conversationCap: "evict" } as const;
  const conversations = Array.from({ length: maximum }, (_, index) => ({
    ...to(`peer${index}`),
    groups: ["full"],
    customMark: "x",
  }));
  const seed = { apps: [{ users: [{ userId: "ann", groups: [{ name: "full" }], conversations }] }] };
  const emulator = emulate(settings, { seed });
  const before = emulator.snapshot();
  const response = await create(emulator, "full", [to("extra1")]);
  expect(response["GroupResultItem"][0].ResultItem).toMatchObject([{ ResultCode: errorCodes.TooManyConversations }]);
  expect(emulator.snapshot()).toEqual(before);
});

test("evicts no conversation with a mark when the setting is shared, since it stays counted", async () => {
  const settings = { accounts: "lenient", conversationCapScope: "shared", conversationCap: "evict" } as const;
  const conversations = Array.from({ length: maximum }, (_, index) => ({
    ...to(`peer${index}`),
    groups: ["full"],
    ...(index < maximum - 1 && { customMark: "x" }),
  }));
  const seed = { apps: [{ users: [{ userId: "ann", groups: [{ name: "full" }], conversations }] }] };
  const emulator = emulate(settings, { seed });
  const [app] = emulator.snapshot().apps;
  const marked = app?.users?.[0]?.conversations?.slice(0, -1);
  await create(emulator, "full", [to("extra1")]);
  const after = emulator.snapshot().apps[0]?.users?.[0]?.conversations;
  expect(after?.slice(0, -1)).toEqual(marked);
  expect(after?.at(-1)).toMatchObject(to("extra1"));
});

test("fails when marks alone reach the cap and there is nothing to evict", async () => {
  const settings = { accounts: "lenient", conversationCapScope: "shared", conversationCap: "evict" } as const;
  const response = await create(emulate(settings, { seed: fullSeed(0, maximum) }), "new", [to("extra1")]);
  expect(response["GroupResultItem"][0].ResultItem).toMatchObject([{ ResultCode: errorCodes.TooManyConversations }]);
});

test.each(["grouped", "group", "shared"] as const)(
  "counts the scope %s again when a group is deleted",
  async (scope) => {
    const emulator = emulate({ accounts: "lenient", conversationCapScope: scope }, { seed: fullSeed(maximum) });
    await remove(emulator, "full");
    await create(emulator, "full");
    const peers = Array.from({ length: 100 }, (_, index) => to(`extra${index}`));
    expect(new Set(codes(await regroup(emulator, "full", ...peers.map(added))))).toEqual(new Set([0]));
  },
);

test("counts a marked conversation that left its group when the setting is shared", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCapScope: "shared" }, { seed: fullSeed(maximum) });
  await mark(emulator, custom(to("peer0"), "x"));
  await regroup(emulator, "full", removed(to("peer0")));
  const tooMany = failure("TooManyConversations", "conversation.cap");
  expect(await regroup(emulator, "full", added(to("extra1")))).toMatchObject(tooMany);
  await mark(emulator, custom(to("peer0"), ""));
  expect(codes(await regroup(emulator, "full", added(to("extra1"))))).toEqual([0]);
});
