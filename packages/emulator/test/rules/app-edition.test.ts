import { expect, test } from "vitest";
import { added, bits, create, emulate, failure, get, mark, regroup, remove, rename, to } from "../call.ts";

test("rejects what changes groups and standard marks when the edition does not include them, and still accepts reads", async () => {
  const seed = { apps: [{ users: [{ userId: "ann", groups: [{ name: "a" }] }] }] };
  const emulator = emulate({ edition: "missing", accounts: "lenient" }, { seed });
  const before = emulator.snapshot();
  for (const response of [
    await create(emulator, "b"),
    await rename(emulator, "a", "b"),
    await regroup(emulator, "a", added(to("bob"))),
    await mark(emulator, bits(to("bob"), [0])),
    await remove(emulator, "a"),
    // The edition is checked before the group.
    await remove(emulator, "missing"),
  ])
    expect(response).toMatchObject(failure("EditionRequired", "app.edition"));
  expect(emulator.snapshot()).toEqual(before);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});
