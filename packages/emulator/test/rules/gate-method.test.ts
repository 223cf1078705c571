import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test.each(["GET", "PUT", "DELETE", "PATCH"])("refuses %s", async (method) => {
  const answer = await call(emulate(), "getContactGroup", {}, { method });
  expect(answer).toMatchObject(failure("RequestResourceInvalid", "gate.method"));
});
