import { expect, test } from "vitest";
import { at, call, emulate, failure, to } from "../call.ts";

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
