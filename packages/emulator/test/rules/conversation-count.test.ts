import { expect, test } from "vitest";
import { added, create, custom, emulate, failure, get, mark, regroup, to } from "../call.ts";
import { creationLength, markLength, updateLength } from "../limits.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));
const rejected = failure("InvalidConversationCount", "conversation.count");

test("accepts as many conversations as the schema allows and rejects one more", async () => {
  const emulator = emulate({ accounts: "lenient" });
  expect(await create(emulator, "a", peers(creationLength))).toMatchObject({ ErrorCode: 0 });
  expect(await create(emulator, "b", peers(creationLength + 1))).toMatchObject(rejected);
});

test.each([
  ["an update", updateLength, (emulator, length) => regroup(emulator, "a", ...peers(length).map(added))],
  ["a marking", markLength, (emulator, length) => mark(emulator, ...peers(length).map((peer) => custom(peer, "x")))],
] as const satisfies (readonly [string, number, (emulator: ReturnType<typeof emulate>, length: number) => unknown])[])(
  "accepts one conversation to as many as the schema allows in %s, and rejects none and one more",
  async (_, maximum, change) => {
    const emulator = emulate({ accounts: "lenient" });
    await create(emulator, "a");
    for (const length of [0, maximum + 1]) expect(await change(emulator, length)).toMatchObject(rejected);
    expect(await get(emulator)).toMatchObject({ ContactItem: [] });
    for (const length of [1, maximum]) expect(await change(emulator, length)).toMatchObject({ ErrorCode: 0 });
  },
);
