import { expect, test } from "vitest";
import { create, emulate, failure } from "../call.ts";

test("accepts an empty list of conversations, unless the setting rejects it", async () => {
  for (const none of [undefined, []]) {
    expect(await create(emulate(), "a", none)).toMatchObject({ GroupResultItem: [{ ResultItem: [] }] });
    const response = await create(emulate({ emptyCreate: "reject" }), "a", none);
    expect(response).toMatchObject(failure("InvalidConversationCount", "create.empty-list"));
  }
});
