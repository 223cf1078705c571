import { expect, test } from "vitest";
import { create, emulate, failure, get, to } from "../call.ts";
import { createMemoryStore } from "../../src/index.ts";

test("answers an error of its own with the code of an internal error and writes nothing", async () => {
  const emulator = emulate({}, { nextGroupId: () => 0 });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject(failure("InternalFailure", "core.failure"));
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [] });
});

test("takes back what a call wrote before the error", async () => {
  const store = createMemoryStore();
  const emulator = emulate(
    {},
    {
      store: {
        ...store,
        saveUser: () => {
          throw new Error("The disk is full");
        },
      },
      seed: { apps: [{ accounts: ["ann", "bob"] }] },
    },
  );
  expect(await create(emulator, "a", [to("bob")])).toMatchObject(failure("InternalFailure", "core.failure"));
  expect([...store.conversations({ sdkAppId: 1400000000, userId: "ann" })]).toEqual([]);
});
