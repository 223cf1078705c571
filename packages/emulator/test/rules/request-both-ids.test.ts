import { expect, test } from "vitest";
import { added, at, call, codes, create, custom, emulate, failure, get, mark, regroup, to, update } from "../call.ts";

const body = { From_Account: "ann", ContactItem: [{ Type: 1, To_Account: "bob", ToGroupId: "@TGS#open" }] };

test("rejects a conversation with both IDs", async () => {
  const response = await call(emulate(), "searchContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.both-ids"));
});

test("rejects it after a conversation of the other type", async () => {
  for (const first of [to("bob"), at("@TGS#open")]) {
    for (const both of [
      { ...at("@TGS#open"), To_Account: "bob" },
      { ...to("bob"), ToGroupId: "@TGS#open" },
    ]) {
      const ContactItem = [first, both];
      const searched = await call(emulate(), "searchContactGroup", { From_Account: "ann", ContactItem });
      const GroupContactItem = [{ GroupName: "a", ContactItem }];
      const created = await call(emulate(), "createContactGroup", { From_Account: "ann", GroupContactItem });
      for (const response of [searched, created])
        expect(response).toMatchObject(failure("InvalidRequestParameter", "request.both-ids"));
    }
  }
});

test("ignores the ID that the Type does not have when the setting says so", async () => {
  const emulator = emulate({ bothIds: "ignore", unknownConversations: "empty" });
  const response = await call(emulator, "searchContactGroup", body);
  expect(response["ContactResultItem"]).toEqual([{ ...to("bob"), StandardMark: "", Timestamp: 0 }]);
});

const both = { ...to("bob"), ToGroupId: "@TGS#open" };

test("is about the conversations of an update and of a marking too", async () => {
  for (const emulator of [emulate(), emulate({ bothIds: "ignore" })]) {
    await create(emulator, "a");
    const responses = [await regroup(emulator, "a", added(both)), await mark(emulator, custom(both, "x"))];
    if (emulator.settings.bothIds === "ignore") {
      expect(responses.map(codes)).toEqual([[0], [0]]);
      expect((await get(emulator))["ContactItem"]).toMatchObject([{ ...to("bob"), CustomMark: "x" }]);
    } else
      for (const response of responses)
        expect(response).toMatchObject(failure("InvalidRequestParameter", "request.both-ids"));
  }
});

test.each(["reject", "ignore"] as const)(
  "is about no other field of another kind when the setting is %s",
  async (bothIds) => {
    const emulator = emulate({ bothIds });
    await create(emulator, "a");
    const wrong = failure("InvalidRequestParameter", "request.body");
    expect(await mark(emulator, { ...custom(to("bob"), "x"), SetMark: [0] })).toMatchObject(wrong);
    expect(
      await update(emulator, {
        UpdateGroupType: 2,
        OldGroupName: "a",
        NewGroupName: "b",
        ContactUpdateItem: [added(to("bob"))],
      }),
    ).toMatchObject(wrong);
  },
);
