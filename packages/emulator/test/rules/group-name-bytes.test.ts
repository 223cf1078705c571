import { expect, test } from "vitest";
import { create, emulate, failure } from "../call.ts";
import { groupNameBytes } from "../limits.ts";

const { documented, disputed } = groupNameBytes;

/** A name of a number of bytes, most of them in characters of three. */
const wide = (bytes: number): string => "\u4e2d".repeat(bytes / 3) + "x".repeat(bytes % 3);

test("accepts a name of the documented number of bytes in UTF-8 and rejects one more", async () => {
  const emulator = emulate();
  for (const name of ["x".repeat(documented), wide(documented)])
    expect(await create(emulator, name)).toMatchObject({ ErrorCode: 0 });
  for (const name of ["x".repeat(documented + 1), wide(documented + 1)]) {
    const response = await create(emulator, name);
    expect(response).toMatchObject(failure("GroupNameTooLong", "group.name-bytes"));
    expect(response.ErrorInfo).toContain(`must have at most ${documented} bytes in UTF-8, but has ${documented + 1}`);
  }
});

test("accepts the disputed number of bytes when the setting says so, and rejects one more", async () => {
  const emulator = emulate({ groupNameBytes: disputed });
  expect(await create(emulator, "x".repeat(disputed))).toMatchObject({ ErrorCode: 0 });
  for (const name of ["x".repeat(disputed + 1), wide(disputed + 1)])
    expect(await create(emulator, name)).toMatchObject(failure("GroupNameTooLong", "group.name-bytes"));
});

test("rejects half of a surrogate pair, which UTF-8 cannot hold", async () => {
  expect(await create(emulate(), "a\ud83d")).toMatchObject(failure("InvalidRequestParameter", "group.name-bytes"));
});
