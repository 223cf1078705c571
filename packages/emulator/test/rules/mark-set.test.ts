import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { at, bits, codes, create, custom, emulate, failure, get, mark, now, search, seconds, to } from "../call.ts";
import { customMarkBytes } from "../limits.ts";

test("sets standard and custom marks, and says so for each in the order of the request", async () => {
  const emulator = emulate();
  const both = { OptType: 3, ContactItem: to("cat"), SetMark: [0, 63], CustomMark: "\u661f" };
  expect(await mark(emulator, bits(to("bob"), [1, 3]), both, custom(at("@TGS#open"), "x"))).toEqual({
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    ResultItem: [
      { OptType: 1, ContactItem: to("bob"), ResultCode: 0, ResultInfo: "" },
      { OptType: 3, ContactItem: to("cat"), ResultCode: 0, ResultInfo: "" },
      { OptType: 2, ContactItem: at("@TGS#open"), ResultCode: 0, ResultInfo: "" },
    ],
  });
  expect((await get(emulator))["ContactItem"]).toEqual([
    { ...to("bob"), StandardMark: "1010", Timestamp: seconds },
    { ...to("cat"), StandardMark: `1${"0".repeat(62)}1`, CustomMark: "\u661f", Timestamp: seconds },
    { ...at("@TGS#open"), StandardMark: "", CustomMark: "x", Timestamp: seconds },
  ]);
});

test("keeps the marks and groups that an item does not name, and sets Timestamp only for a change", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  await mark(emulator, { OptType: 3, ContactItem: to("bob"), SetMark: [0, 2], CustomMark: "x" });
  emulator.clock.freeze(now + 5000);
  await mark(emulator, bits(to("bob"), [2], [5]), custom(to("bob"), "x"), bits(to("bob")));
  const bob = { ...to("bob"), StandardMark: "101", CustomMark: "x", ContactGroupId: [1], Timestamp: seconds };
  expect((await get(emulator))["ContactItem"]).toEqual([bob]);
  await mark(emulator, bits(to("bob"), [1], [0]));
  expect((await get(emulator))["ContactItem"]).toEqual([{ ...bob, StandardMark: "110", Timestamp: seconds + 5 }]);
});

test("removes marks that are cleared, and forgets a conversation that has no other and is in no group", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  await mark(emulator, bits(to("bob"), [0]), bits(to("cat"), [0, 1]), custom(at("@TGS#open"), "x"));
  await mark(emulator, bits(to("bob"), [], [0]), bits(to("cat"), [], [1, 0]), custom(at("@TGS#open"), ""));
  expect((await get(emulator))["ContactItem"]).toEqual([
    { ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: seconds },
  ]);
});

test("keeps nothing for a conversation that had no mark and gets none", async () => {
  const emulator = emulate();
  const before = emulator.snapshot();
  const both = { OptType: 3, ContactItem: to("bob"), ClearMark: [1], CustomMark: "" };
  expect(codes(await mark(emulator, bits(to("bob")), bits(to("bob"), [], [0]), custom(to("bob"), ""), both))).toEqual([
    0, 0, 0, 0,
  ]);
  expect(emulator.snapshot()).toEqual(before);
});

test("keeps leading zeros and zeros alone of a standard mark until one of its bits changes", async () => {
  const marked = (id: string, standardMark: string) => ({ ...to(id), standardMark });
  const seed = {
    apps: [{ users: [{ userId: "ann", conversations: [marked("bob", "0000"), marked("cat", "0011")] }] }],
  };
  const emulator = emulate({ accounts: "lenient" }, { seed });
  const marks = async () =>
    (await search(emulator, [to("bob"), to("cat")]))["ContactResultItem"].map(
      ({ StandardMark }: { readonly StandardMark: string }) => StandardMark,
    );
  await mark(emulator, bits(to("bob"), [], [0]), bits(to("cat"), [0], [2]));
  expect(await marks()).toEqual(["0000", "0011"]);
  await mark(emulator, bits(to("bob"), [1]), bits(to("cat"), [], [1]));
  expect(await marks()).toEqual(["10", "1"]);
});

test("applies the items of one conversation in their order", async () => {
  const emulator = emulate();
  await mark(emulator, bits(to("bob"), [0]), bits(to("bob"), [1], [0]), custom(to("bob"), "x"), custom(to("bob"), "y"));
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ StandardMark: "10", CustomMark: "y" }]);
});

test("fails the conversations whose other side cannot be used, and marks the others", async () => {
  const emulator = emulate();
  const response = await mark(emulator, ...[to("nobody"), to("bob"), at("@TGS#gone")].map((it) => custom(it, "x")));
  expect(codes(response)).toEqual([errorCodes.UserNotImported, 0, errorCodes.ChatGroupUnavailable]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("bob")]);
});

test("undoes the conversations before the one with which the call fails", async () => {
  const emulator = emulate({ unknownPeer: "call" });
  const response = await mark(emulator, custom(to("bob"), "x"), custom(to("nobody"), "x"));
  expect(response).toMatchObject(failure("UserNotImported", "conversation.peer-imported"));
  expect((await get(emulator))["ContactItem"]).toEqual([]);
});

test("accepts a custom mark of the documented number of bytes in UTF-8 and rejects one more", async () => {
  const emulator = emulate();
  const text = "\u4e2d"
    .repeat(Math.floor(customMarkBytes / 3))
    .padEnd(customMarkBytes - 2 * Math.floor(customMarkBytes / 3), "x");
  expect(codes(await mark(emulator, custom(to("bob"), text)))).toEqual([0]);
  const response = await mark(emulator, custom(to("bob"), `${text}x`));
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ CustomMark: text }]);
});
