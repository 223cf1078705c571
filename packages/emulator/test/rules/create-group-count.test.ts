import { limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { create, emulate, failure, get } from "../call.ts";

const { maximum } = limits.groupsPerUser;

test("creates groups up to the limit and rejects the next", async () => {
  const emulator = emulate();
  for (let index = 1; index <= maximum; index++) await create(emulator, `group${index}`);
  expect(await create(emulator, "one more")).toMatchObject(failure("TooManyConversationGroups", "create.group-count"));
  expect((await get(emulator))["GroupItem"]).toHaveLength(maximum);
  expect(await create(emulator, "group1")).toMatchObject({ ErrorCode: 0 });
});
