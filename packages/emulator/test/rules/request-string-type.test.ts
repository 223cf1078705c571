import { expect, test } from "vitest";
import {
  added,
  call,
  codes,
  create,
  custom,
  emulate,
  failure,
  get,
  mark,
  regroup,
  to,
  update,
  type Conversation,
} from "../call.ts";

const body = {
  From_Account: "ann",
  GroupContactItem: [{ GroupName: "a", ContactItem: [{ Type: "1", To_Account: "bob" }] }],
};

test("rejects Type as text", async () => {
  const response = await call(emulate(), "createContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.string-type"));
});

test("reads Type as a number when the setting says so", async () => {
  const response = await call(emulate({ stringType: "accept" }), "createContactGroup", body);
  expect(response["GroupResultItem"][0].ResultItem).toEqual([
    { ContactItem: to("bob"), ResultCode: 0, ResultInfo: "" },
  ]);
});

const bob = { Type: "1", To_Account: "bob" } as unknown as Conversation;

test("is about the conversations of an update and of a marking too", async () => {
  for (const emulator of [emulate(), emulate({ stringType: "accept" })]) {
    await create(emulator, "a");
    const responses = [await regroup(emulator, "a", added(bob)), await mark(emulator, custom(bob, "x"))];
    if (emulator.settings.stringType === "accept") {
      expect(responses.map(codes)).toEqual([[0], [0]]);
      expect((await get(emulator))["ContactItem"]).toMatchObject([{ ...to("bob"), CustomMark: "x" }]);
    } else
      for (const response of responses)
        expect(response).toMatchObject(failure("InvalidRequestParameter", "request.string-type"));
  }
});

test("is about no other number", async () => {
  const emulator = emulate({ stringType: "accept" });
  await create(emulator, "a");
  const wrong = failure("InvalidRequestParameter", "request.body");
  expect(await mark(emulator, { ...custom(to("bob"), "x"), OptType: "2" })).toMatchObject(wrong);
  expect(await update(emulator, { UpdateGroupType: "1", OldGroupName: "a", NewGroupName: "b" })).toMatchObject(wrong);
  expect(await regroup(emulator, "a", { ...added(to("bob")), ContactOptType: "1" })).toMatchObject(wrong);
});
