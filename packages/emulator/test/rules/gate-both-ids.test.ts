import { expect, test } from "vitest";
import { call, emulate, failure, to } from "../call.ts";

const body = { From_Account: "ann", ContactItem: [{ Type: 1, To_Account: "bob", ToGroupId: "@TGS#open" }] };

test("refuses a conversation with both IDs", async () => {
  const answer = await call(emulate(), "searchContactGroup", body);
  expect(answer).toMatchObject(failure("InvalidRequestParameter", "gate.both-ids"));
});

test("ignores the ID that the Type does not have when the setting says so", async () => {
  const emulator = emulate({ bothIds: "ignore", unknownConversations: "empty" });
  const answer = await call(emulator, "searchContactGroup", body);
  expect(answer["ContactResultItem"]).toEqual([{ ...to("bob"), StandardMark: "", Timestamp: 0 }]);
});
