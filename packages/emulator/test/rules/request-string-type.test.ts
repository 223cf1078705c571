import { expect, test } from "vitest";
import { call, emulate, failure, to } from "../call.ts";

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
