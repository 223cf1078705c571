import { expect, test } from "vitest";
import { added, at, call, codes, create, custom, emulate, failure, get, mark, regroup, to } from "../call.ts";

const rejected = failure("InvalidRequestParameter", "request.both-ids");
const both = { ...to("bob"), ToGroupId: "@TGS#open" };
const body = { From_Account: "ann", ContactItem: [both] };

test("ignores the ID that the Type does not have", async () => {
  const emulator = emulate({ unknownConversations: "empty" });
  const response = await call(emulator, "searchContactGroup", body);
  expect(response["ContactResultItem"]).toEqual([{ ...to("bob"), StandardMark: "", Timestamp: 0 }]);
});

test.each([null, "", 5, {}, [], "x".repeat(1000), "@TGS#none"])(
  "ignores the other ID %j, whatever it is",
  async (ToGroupId) => {
    const emulator = emulate();
    expect(codes(await create(emulator, "a", [{ ...to("bob"), ToGroupId } as never]))).toEqual([0]);
    expect((await get(emulator))["ContactItem"]).toEqual([
      { ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: expect.any(Number) },
    ]);
  },
);

test("ignores To_Account where the Type is that of a chat group", async () => {
  const emulator = emulate();
  for (const To_Account of ["nobody", "", null, 5])
    expect(codes(await create(emulator, "a", [{ ...at("@TGS#open"), To_Account } as never]))).toEqual([0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([at("@TGS#open")]);
});

test.each([undefined, null, ""])(
  "does not use the other ID in place of the own one, which is %j",
  async (To_Account) => {
    const conversation = { Type: 1, To_Account, ToGroupId: "@TGS#open" };
    const response = await call(emulate(), "searchContactGroup", { From_Account: "ann", ContactItem: [conversation] });
    expect(response.ErrorCode).not.toBe(0);
    expect(response.ErrorInfo).toContain("/ContactItem/0/To_Account");
  },
);

test("rejects a conversation with both IDs when the setting says so, also after one of the other type", async () => {
  const reject = (): ReturnType<typeof emulate> => emulate({ bothIds: "reject" });
  expect(await call(reject(), "searchContactGroup", body)).toMatchObject(rejected);
  for (const first of [to("bob"), at("@TGS#open")]) {
    for (const second of [{ ...at("@TGS#open"), To_Account: "bob" }, both, { ...both, ToGroupId: "" }]) {
      const ContactItem = [first, second];
      const searched = await call(reject(), "searchContactGroup", { From_Account: "ann", ContactItem });
      const GroupContactItem = [{ GroupName: "a", ContactItem }];
      const created = await call(reject(), "createContactGroup", { From_Account: "ann", GroupContactItem });
      for (const response of [searched, created]) expect(response).toMatchObject(rejected);
    }
  }
});

test("is about the conversations of an update and of a marking too", async () => {
  for (const emulator of [emulate(), emulate({ bothIds: "reject" })]) {
    await create(emulator, "a");
    const responses = [await regroup(emulator, "a", added(both)), await mark(emulator, custom(both, "x"))];
    if (emulator.settings.bothIds === "ignore") {
      expect(responses.map(codes)).toEqual([[0], [0]]);
      expect((await get(emulator))["ContactItem"]).toMatchObject([{ ...to("bob"), CustomMark: "x" }]);
    } else for (const response of responses) expect(response).toMatchObject(rejected);
  }
});

test("is about no other field of another kind", async () => {
  const emulator = emulate({ unknownFields: "reject" });
  const wrong = failure("InvalidRequestParameter", "request.unknown-fields");
  expect(await mark(emulator, { ...custom(to("bob"), "x"), SetMark: [0] })).toMatchObject(wrong);
});
