import { expect, test } from "vitest";
import { errorCodes } from "@contact-groups/openapi/model";
import { create, emulate, failure, remove, rename } from "../call.ts";
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
    expect(await create(emulator, name)).toMatchObject({ ErrorCode: errorCodes.GroupNameTooLong });
});

test.each([1, 5, documented, disputed])(
  "names the limit in force in the text of the error: %d bytes",
  async (limit) => {
    const emulator = emulate({ groupNameBytes: limit });
    await create(emulator, "a");
    const limits = `${limit} byte${limit === 1 ? "" : "s"}`;
    for (const bytes of [limit + 1, disputed + 1, 1000])
      for (const response of [
        await create(emulator, "x".repeat(bytes)),
        await rename(emulator, "a", "x".repeat(bytes)),
        await remove(emulator, "x".repeat(bytes)),
      ]) {
        expect(response.ErrorCode).toBe(errorCodes.GroupNameTooLong);
        expect(response.ErrorInfo).toMatch(
          new RegExp(`^The conversation group name contains more than ${limits}\\. \\[group.name-bytes\\] /`),
        );
        expect(response.ErrorInfo).toMatch(new RegExp(` must have at most ${limits} in UTF-8, but has ${bytes}\\.$`));
      }
  },
);

test("rejects half of a surrogate pair, which UTF-8 cannot hold", async () => {
  expect(await create(emulate(), "a\ud83d")).toMatchObject(failure("InvalidRequestParameter", "group.name-bytes"));
});

test("checks the new name of a group in the same way, before it looks for the group", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  for (const old of ["a", "missing"]) {
    const response = await rename(emulator, old, wide(documented + 1));
    expect(response).toMatchObject(failure("GroupNameTooLong", "group.name-bytes"));
    expect(response.ErrorInfo).toContain("/UpdateGroup/NewGroupName must have at most");
  }
  const half = await rename(emulator, "a", "a\ud83d");
  expect(half).toMatchObject(failure("InvalidRequestParameter", "group.name-bytes"));
  expect(await rename(emulator, "a", wide(documented))).toMatchObject({ ErrorCode: 0 });
  const disputes = emulate({ groupNameBytes: disputed });
  await create(disputes, "a");
  expect(await rename(disputes, "a", wide(disputed))).toMatchObject({ ErrorCode: 0 });
});

test("finds a group by a name that a seed made longer than that", async () => {
  const name = wide(documented + 1);
  const emulator = emulate({}, { seed: { apps: [{ users: [{ userId: "ann", groups: [{ name }] }] }] } });
  expect(await rename(emulator, name, "a")).toMatchObject({ UpdateGroupResult: { OldGroupName: name } });
  expect(await remove(emulator, "a")).toMatchObject({ ErrorCode: 0 });
});

test("checks the name of a group that it does not find", async () => {
  const [emulator, name] = [emulate(), wide(documented + 1)];
  for (const response of [await remove(emulator, name), await rename(emulator, name, "a")])
    expect(response).toMatchObject(failure("GroupNameTooLong", "group.name-bytes"));
});
