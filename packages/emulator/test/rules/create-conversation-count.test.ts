import { expect, test } from "vitest";
import { create, emulate, failure, to } from "../call.ts";
import { creationLength } from "../limits.ts";

const peers = (length: number) => Array.from({ length }, (_, index) => to(`peer${index}`));

test("takes as many conversations as the schema allows and refuses one more", async () => {
  const emulator = emulate({ accounts: "lenient" });
  expect(await create(emulator, "a", peers(creationLength))).toMatchObject({ ErrorCode: 0 });
  const answer = await create(emulator, "b", peers(creationLength + 1));
  expect(answer).toMatchObject(failure("InvalidConversationCount", "create.conversation-count"));
});

test("takes no conversations, unless the setting refuses them", async () => {
  for (const none of [undefined, []]) {
    expect(await create(emulate(), "a", none)).toMatchObject({ GroupResultItem: [{ ResultItem: [] }] });
    const answer = await create(emulate({ emptyCreate: "refuse" }), "a", none);
    expect(answer).toMatchObject(failure("InvalidConversationCount", "create.conversation-count"));
  }
});
