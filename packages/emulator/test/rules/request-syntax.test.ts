import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test.each(["", "{", "{'a':1}", "nothing", '{"From_Account":"ann",}'])("rejects the body %j", async (body) => {
  const response = await call(emulate(), "getContactGroup", body);
  expect(response).toMatchObject(failure("JsonParseFailure", "request.syntax"));
});

test("rejects a body that is not UTF-8", async () => {
  const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
  const url = `http://emulator.test/v4/recentcontact/get_contact_group?${query}`;
  const response = await emulate().fetch(url, { method: "POST", body: new Uint8Array([0x22, 0xff, 0x22]) });
  expect(await response.json()).toMatchObject(failure("JsonParseFailure", "request.syntax"));
});
