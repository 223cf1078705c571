import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test.each(["GET", "PUT", "DELETE", "PATCH"])("rejects %s", async (method) => {
  const response = await call(emulate(), "getContactGroup", {}, { method });
  expect(response).toMatchObject(failure("RequestResourceInvalid", "request.method"));
});
