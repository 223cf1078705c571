import { expect, test } from "vitest";
import { create, emulate, failure, to } from "../call.ts";
import { creationLength } from "../limits.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));

test("accepts as many conversations as the schema allows and rejects one more", async () => {
  const emulator = emulate({ accounts: "lenient" });
  expect(await create(emulator, "a", peers(creationLength))).toMatchObject({ ErrorCode: 0 });
  const response = await create(emulator, "b", peers(creationLength + 1));
  expect(response).toMatchObject(failure("InvalidConversationCount", "conversation.count"));
});
