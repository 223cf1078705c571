import { expect, test } from "vitest";
import { create, emulate, failure } from "../call.ts";

test("rejects an empty name", async () => {
  expect(await create(emulate(), "")).toMatchObject(failure("InvalidRequestParameter", "group.name-empty"));
});
