import { expect, test } from "vitest";
import { create, emulate, failure, get, to } from "../call.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { toStore } from "../../src/store/store.ts";

test("responds to an error of its own with the code of an internal error and writes nothing", async () => {
  const emulator = emulate({}, { nextGroupId: () => 0 });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject(failure("InternalFailure", "core.failure"));
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [] });
});

test("undoes what a call wrote before the error", async () => {
  const store = createMemoryState();
  const saveUser = (): never => {
    throw new Error("The disk is full");
  };
  const full = toStore({
    ...store,
    transaction: (run) => store.transaction((writer) => run({ ...writer, saveUser })),
  });
  const emulator = emulate({}, { store: full, seed: { apps: [{ accounts: ["ann", "bob"] }] } });
  expect(await create(emulator, "a", [to("bob")])).toMatchObject(failure("InternalFailure", "core.failure"));
  expect([...store.conversations({ sdkAppId: 1400000000, userId: "ann" })]).toEqual([]);
});
