import { errorCodes, limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { added, at, codes, create, emulate, failure, get, now, regroup, removed, seconds, to } from "../call.ts";
import { fullSeed } from "../full-user.ts";

const { maximum } = limits.groupedConversations;

test("adds conversations to the group and removes others, and says so for each in the order of the request", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob"), at("@TGS#open")]);
  await create(emulator, "work", [at("@TGS#open")]);
  emulator.clock.freeze(now + 5000);
  expect(await regroup(emulator, "family", removed(at("@TGS#open")), added(to("cat")), added(to("bob")))).toEqual({
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    UpdateType: 1,
    UpdateGroupResult: {
      UpdateGroupType: 2,
      OldGroupName: "family",
      GroupName: "family",
      GroupId: 1,
      ContactResultItem: [
        { ContactOptType: 2, ContactItem: at("@TGS#open"), ResultCode: 0, ResultInfo: "" },
        { ContactOptType: 1, ContactItem: to("cat"), ResultCode: 0, ResultInfo: "" },
        { ContactOptType: 1, ContactItem: to("bob"), ResultCode: 0, ResultInfo: "" },
      ],
    },
  });
  expect((await get(emulator))["ContactItem"]).toMatchObject([
    { ...to("bob"), ContactGroupId: [1], Timestamp: seconds },
    { ...at("@TGS#open"), ContactGroupId: [2], Timestamp: seconds + 5 },
    { ...to("cat"), ContactGroupId: [1], Timestamp: seconds + 5 },
  ]);
});

test("applies the items of one conversation in their order", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  await regroup(emulator, "family", added(to("bob")), removed(to("bob")), removed(to("cat")), added(to("cat")));
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("cat")]);
});

test("fails the conversations that cannot be added, and adds the others", async () => {
  const emulator = emulate();
  await create(emulator, "family");
  const response = await regroup(emulator, "family", ...[to("nobody"), to("bob"), at("@TGS#gone")].map(added));
  expect(codes(response)).toEqual([errorCodes.UserNotImported, 0, errorCodes.ChatGroupUnavailable]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("bob")]);
});

test("removes a conversation whose other side cannot be used any more", async () => {
  const seed = {
    apps: [
      {
        chatGroups: [{ id: "@TGS#gone", disbanded: true }],
        users: [{ userId: "ann", groups: [{ name: "a" }], conversations: [{ ...at("@TGS#gone"), groups: ["a"] }] }],
      },
    ],
  };
  const emulator = emulate({ unknownPeer: "call" }, { seed });
  expect(codes(await regroup(emulator, "a", removed(at("@TGS#gone"))))).toEqual([0]);
  expect((await get(emulator))["ContactItem"]).toEqual([]);
});

test("keeps the cap in the order of the request: one that is removed makes room for the next", async () => {
  const emulator = emulate({ accounts: "lenient" }, { seed: fullSeed(maximum) });
  const before = emulator.snapshot();
  expect(await regroup(emulator, "full", added(to("extra")), removed(to("peer0")))).toMatchObject(
    failure("TooManyConversations", "conversation.cap"),
  );
  expect(emulator.snapshot()).toEqual(before);
  expect(codes(await regroup(emulator, "full", removed(to("peer0")), added(to("extra"))))).toEqual([0, 0]);
});

test("undoes the conversations before the one with which the call fails", async () => {
  const emulator = emulate({ unknownPeer: "call" });
  await create(emulator, "family", [to("bob")]);
  const before = emulator.snapshot();
  const response = await regroup(emulator, "family", removed(to("bob")), added(to("cat")), added(to("nobody")));
  expect(response).toMatchObject(failure("UserNotImported", "conversation.peer-imported"));
  expect(emulator.snapshot()).toEqual(before);
});
