import { errorCodes, limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { added, codes, create, emulate, failure, get, regroup, search, to } from "../call.ts";
import { fullSeed } from "../full-user.ts";

const { maximum } = limits.groupedConversations;
const seed = fullSeed(maximum - 1);

test("accepts conversations up to the cap, and with the next one fails the whole call", async () => {
  const emulator = emulate({ accounts: "lenient" }, { seed });
  const response = await create(emulator, "new", [to("extra1"), to("extra2")]);
  expect(response).toMatchObject(failure("TooManyConversations", "conversation.cap"));
  expect((await get(emulator))["GroupItem"]).toHaveLength(1);
  expect(await create(emulator, "new", [to("extra1"), to("peer0")])).toMatchObject({ ErrorCode: 0 });
});

test("fails the one conversation when the setting is item", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCap: "item" }, { seed });
  const response = await create(emulator, "new", [to("extra1"), to("extra2"), to("peer0")]);
  expect(codes(response)).toEqual([0, errorCodes.TooManyConversations, 0]);
});

test("removes the earliest-added conversation from all groups when the setting is evict", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCap: "evict" }, { seed });
  await create(emulator, "new", [to("extra1"), to("extra2")]);
  const found = await search(emulator, [to("peer0"), to("peer1"), to("extra1"), to("extra2")]);
  expect(found["ContactResultItem"]).toMatchObject([to("peer1"), to("extra1"), to("extra2")]);
});

test("fails the one conversation of an update when the setting is item", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCap: "item" }, { seed });
  const response = await regroup(emulator, "full", ...[to("extra1"), to("extra2"), to("peer0")].map(added));
  expect(codes(response)).toEqual([0, errorCodes.TooManyConversations, 0]);
});

test("removes the earliest-added conversation for one of an update when the setting is evict", async () => {
  const emulator = emulate({ accounts: "lenient", conversationCap: "evict" }, { seed });
  expect(codes(await regroup(emulator, "full", added(to("extra1")), added(to("extra2"))))).toEqual([0, 0]);
  const found = await search(emulator, [to("peer0"), to("peer1"), to("extra2")]);
  expect(found["ContactResultItem"]).toMatchObject([to("peer1"), to("extra2")]);
});
