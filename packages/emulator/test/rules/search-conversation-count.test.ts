import { expect, test } from "vitest";
import { emulate, failure, search, to } from "../call.ts";
import { searchLength } from "../limits.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));

test("accepts as many conversations as the schema allows, and rejects one more and an empty list", async () => {
  const emulator = emulate();
  expect(await search(emulator, peers(searchLength))).toMatchObject({ ErrorCode: 0 });
  for (const length of [searchLength + 1, 0])
    expect(await search(emulator, peers(length))).toMatchObject(
      failure("InvalidRequestParameter", "search.conversation-count"),
    );
});
