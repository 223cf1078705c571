import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { added, bits, codes, create, custom, emulate, failure, get, mark, regroup, to } from "../call.ts";

test("fails the one conversation whose To_Account was not imported", async () => {
  const emulator = emulate();
  const response = await create(emulator, "a", [to("nobody"), to("bob")]);
  const code = errorCodes.UserNotImported;
  expect(response).toMatchObject({
    ErrorCode: 0,
    GroupResultItem: [
      {
        ResultItem: [
          { ContactItem: to("nobody"), ResultCode: code },
          { ResultCode: 0, ResultInfo: "" },
        ],
      },
    ],
  });
  expect(response["GroupResultItem"][0].ResultItem[0].ResultInfo).toContain("[conversation.peer-imported]");
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("bob")]);
});

test("fails the call when the setting says so, and creates nothing", async () => {
  const emulator = emulate({ unknownPeer: "call" });
  const response = await create(emulator, "a", [to("bob"), to("nobody")]);
  expect(response).toMatchObject(failure("UserNotImported", "conversation.peer-imported"));
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [] });
});

test("fails the one conversation of an update and of a marking, which leaves nothing of it", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  const code = errorCodes.UserNotImported;
  expect(codes(await regroup(emulator, "a", added(to("nobody")), added(to("bob"))))).toEqual([code, 0]);
  // Also where a mark is only cleared.
  const marks = [
    bits(to("nobody"), [0]),
    custom(to("nobody"), "x"),
    bits(to("nobody"), [], [0]),
    custom(to("bob"), "x"),
  ];
  expect(codes(await mark(emulator, ...marks))).toEqual([code, code, code, 0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("bob")]);
});
