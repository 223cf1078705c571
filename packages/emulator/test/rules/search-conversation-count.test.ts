import { expect, test } from "vitest";
import { emulate, failure, search, to } from "../call.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));

test("takes 300 conversations and refuses 301, and none", async () => {
  const emulator = emulate();
  expect(await search(emulator, peers(300))).toMatchObject({ ErrorCode: 0 });
  for (const length of [301, 0])
    expect(await search(emulator, peers(length))).toMatchObject(
      failure("InvalidRequestParameter", "search.conversation-count"),
    );
});
