import { expect, test } from "vitest";
import { at, create, emulate, search, to } from "../call.ts";

const requested = [to("nobody"), to("bob"), at("@TGS#open")];

test("omits a conversation without groups and marks", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  expect((await search(emulator, requested))["ContactResultItem"]).toMatchObject([to("bob")]);
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "search.unknown-conversation", code: 0 });
});

test("returns empty items when the setting says so", async () => {
  const emulator = emulate({ unknownConversations: "empty" });
  await create(emulator, "a", [to("bob")]);
  const items = (await search(emulator, requested))["ContactResultItem"];
  expect(items).toMatchObject([to("nobody"), { ContactGroupId: [1] }, at("@TGS#open")]);
  expect(items[0]).toEqual({ ...to("nobody"), StandardMark: "", Timestamp: 0 });
});
