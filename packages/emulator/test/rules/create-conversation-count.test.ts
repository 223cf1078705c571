import { expect, test } from "vitest";
import { create, emulate, failure, to } from "../call.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));

test("takes 100 conversations and refuses 101", async () => {
  const emulator = emulate({ accounts: "lenient" });
  expect(await create(emulator, "a", peers(100))).toMatchObject({ ErrorCode: 0 });
  const answer = await create(emulator, "b", peers(101));
  expect(answer).toMatchObject(failure("InvalidConversationCount", "create.conversation-count"));
});

test("takes no conversations, unless the setting refuses them", async () => {
  for (const none of [undefined, []]) {
    expect(await create(emulate(), "a", none)).toMatchObject({ GroupResultItem: [{ ResultItem: [] }] });
    const answer = await create(emulate({ emptyCreate: "refuse" }), "a", none);
    expect(answer).toMatchObject(failure("InvalidConversationCount", "create.conversation-count"));
  }
});
