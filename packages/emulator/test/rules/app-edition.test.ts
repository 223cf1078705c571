import { expect, test } from "vitest";
import { create, emulate, failure, get } from "../call.ts";

test("rejects creations when the edition does not include groups, and still accepts reads", async () => {
  const emulator = emulate({ edition: "missing" });
  expect(await create(emulator, "a")).toMatchObject(failure("EditionRequired", "app.edition"));
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});
