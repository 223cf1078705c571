import { expect, test } from "vitest";
import { ProtocolError } from "../src/index.ts";
import { clientOf, rejection } from "./respond.ts";

test.each([
  ["", "its body is empty"],
  ["<html>Sign in</html>", "its body is not JSON"],
  ['{"ActionStatus":"OK",', "its body is not JSON"],
  ["null", "its body is not a JSON object"],
  ["[]", "its body is not a JSON object"],
  ['"OK"', "its body is not a JSON object"],
  ["{}", "its body has no ActionStatus"],
  ['{"ErrorCode":0}', "its body has no ActionStatus"],
  ['{"ActionStatus":1,"ErrorCode":0}', "its body has no ActionStatus"],
  ['{"ActionStatus":"OK"}', "its body has no ErrorCode"],
  ['{"ActionStatus":"OK","ErrorCode":"0"}', "its body has no ErrorCode"],
])("rejects the body %j", async (body, found) => {
  const client = clientOf(() => Promise.resolve(new Response(body)));
  const error = await rejection(client.getContactGroup({ From_Account: "user15", StartIndex: 0 }));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({
    name: "ProtocolError",
    operation: "getContactGroup",
    message: `getContactGroup got a response with HTTP status 200, but ${found}`,
  });
});
