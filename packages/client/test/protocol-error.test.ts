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
  ["{}", "its body has no ErrorCode"],
  ['{"ActionStatus":"OK","ErrorInfo":""}', "its body has no ErrorCode"],
  ['{"ActionStatus":"FAIL","ErrorCode":""}', "its ErrorCode is an empty string, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":"none"}', "its ErrorCode is a string, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":"0x0"}', "its ErrorCode is a string, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":0.5}', "its ErrorCode is 0.5, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":null}', "its ErrorCode is null, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":[0]}', "its ErrorCode is an object, not an integer"],
  ['{"ActionStatus":"OK","ErrorCode":true}', "its ErrorCode is a boolean, not an integer"],
])("rejects the body %j", async (body, found) => {
  const headers = { "Content-Type": "text/plain;charset=UTF-8" };
  const client = clientOf(() => Promise.resolve(new Response(body, { headers })));
  const error = await rejection(client.getContactGroup({ From_Account: "user15", StartIndex: 0 }));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({
    name: "ProtocolError",
    operation: "getContactGroup",
    message: `getContactGroup got a response with HTTP status 200 (text/plain;charset=UTF-8), but ${found}`,
  });
});
