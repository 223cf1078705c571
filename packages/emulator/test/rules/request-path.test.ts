import { operations } from "@contact-groups/openapi/model";
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

test("names the paths of the operations and of the helpers of the emulator", async () => {
  const { ErrorInfo } = await call(emulate(), "getContactGroup", {}, { path: "/v4/im_open_login_svc/acount_import" });
  for (const { path } of Object.values(operations)) expect(ErrorInfo).toContain(path);
  for (const name of ["account_import", "multiaccount_import", "account_check"])
    expect(ErrorInfo).toContain(`/v4/im_open_login_svc/${name}`);
});
