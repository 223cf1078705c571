import { expect, test } from "vitest";
import { create, emulate, failure } from "../call.ts";

test("takes a name of 32 bytes and refuses one of 33, in UTF-8", async () => {
  const emulator = emulate();
  for (const name of ["x".repeat(32), "\u4e2d".repeat(10) + "xy"])
    expect(await create(emulator, name)).toMatchObject({ ErrorCode: 0 });
  for (const name of ["x".repeat(33), "\u4e2d".repeat(11)]) {
    const answer = await create(emulator, name);
    expect(answer).toMatchObject(failure("GroupNameTooLong", "create.name-bytes"));
    expect(answer.ErrorInfo).toContain("must have at most 32 bytes in UTF-8, but has 33");
  }
});

test("takes 64 bytes when the setting says so, and refuses 65", async () => {
  const emulator = emulate({ groupNameBytes: 64 });
  expect(await create(emulator, "x".repeat(64))).toMatchObject({ ErrorCode: 0 });
  for (const name of ["x".repeat(65), "\u4e2d".repeat(22)])
    expect(await create(emulator, name)).toMatchObject(failure("GroupNameTooLong", "create.name-bytes"));
});

test("refuses half of a surrogate pair, which UTF-8 cannot hold", async () => {
  expect(await create(emulate(), "a\ud83d")).toMatchObject(failure("InvalidRequestParameter", "create.name-bytes"));
});
