import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test.each([
  "/",
  "/v4/recentcontact/get_list",
  "/v4/recentcontact/get_contact_group/",
  "/V4/recentcontact/get_contact_group",
])("rejects the path %s", async (path) => {
  const response = await call(emulate(), "getContactGroup", {}, { path });
  expect(response).toMatchObject(failure("RequestResourceInvalid", "request.path"));
});
