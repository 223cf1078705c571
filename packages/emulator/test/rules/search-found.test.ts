import { expect, test } from "vitest";
import { at, create, emulate, search, seconds, to } from "../call.ts";

test("returns conversations in the order of the request, each once", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob"), at("@TGS#open")]);
  await create(emulator, "b");
  expect(await search(emulator, [at("@TGS#open"), to("bob"), at("@TGS#open")])).toEqual({
    ContactResultItem: [
      { ...at("@TGS#open"), StandardMark: "", ContactGroupId: [1], Timestamp: seconds },
      { ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: seconds },
    ],
    GroupItem: [
      { GroupName: "a", GroupId: 1 },
      { GroupName: "b", GroupId: 2 },
    ],
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
  });
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "search.found" });
});

test("shows marks, with and without groups", async () => {
  const conversations = [{ ...to("bob"), standardMark: "111001", customMark: "abcd", timestamp: 1672998266 }];
  const emulator = emulate({}, { seed: { apps: [{ users: [{ userId: "ann", conversations }] }] } });
  expect((await search(emulator, [to("bob")]))["ContactResultItem"]).toEqual([
    { ...to("bob"), StandardMark: "111001", CustomMark: "abcd", Timestamp: 1672998266 },
  ]);
});
