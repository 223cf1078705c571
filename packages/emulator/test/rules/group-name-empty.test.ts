import { expect, test } from "vitest";
import { added, create, emulate, failure, regroup, remove, rename, to } from "../call.ts";

test("rejects an empty name", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  for (const response of [
    await create(emulator, ""),
    await rename(emulator, "a", ""),
    await rename(emulator, "", "a"),
    await regroup(emulator, "", added(to("bob"))),
    await remove(emulator, ""),
  ])
    expect(response).toMatchObject(failure("InvalidRequestParameter", "group.name-empty"));
});
