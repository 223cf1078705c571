import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { create, emulate, failure, get, to } from "../call.ts";

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
