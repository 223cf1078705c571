import { limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { CallError } from "../../src/failure.ts";
import { seedStore } from "../../src/seed.ts";
import { type Settings, toSettings } from "../../src/settings.ts";
import { enforceMarkCap } from "../../src/state/checks.ts";
import { UserState } from "../../src/state/user-state.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { now, seconds } from "../call.ts";
import { fullSeed } from "../full-user.ts";

const { maximum } = limits.markedConversations;
const tooMany = { rule: "mark.cap", error: "TooManyConversations" };

/** Marks conversations of ann one after the other, and returns the failure of each, or that of the call. */
function mark(settings: Partial<Settings>, seed: ReturnType<typeof fullSeed>, userIds: readonly string[]): unknown {
  const store = createMemoryState();
  const sdkAppId = 1400000000;
  seedStore(seed, store, { sdkAppId, now });
  try {
    return store.transaction((writer) => {
      const context = { store: writer, settings: toSettings(settings), sdkAppId, now, nextGroupId: () => 0 };
      const user = new UserState(writer, { sdkAppId, userId: "ann" });
      return userIds.map((id) => {
        const failure = enforceMarkCap({ type: 1, id }, user, context);
        if (!failure) user.mark({ type: 1, id }, { customMark: "x" }, seconds);
        return failure;
      });
    });
  } catch (error) {
    return error instanceof CallError ? error.failure : error;
  }
}

test("accepts marks up to the cap, whatever is in groups, and with the next one fails the whole call", () => {
  const seed = fullSeed(maximum, maximum - 1);
  expect(mark({}, seed, ["peer0", "peer0", "marked0"])).toEqual([undefined, undefined, undefined]);
  expect(mark({}, seed, ["extra1", "extra2"])).toMatchObject(tooMany);
});

test("fails the one conversation when the setting is item", () => {
  const failures = mark({ conversationCap: "item" }, fullSeed(0, maximum), ["extra1", "marked0"]);
  expect(failures).toMatchObject([tooMany, undefined]);
});

test("fails the whole call when the setting is evict, which removes from groups only", () => {
  expect(mark({ conversationCap: "evict" }, fullSeed(1, maximum), ["extra1"])).toMatchObject(tooMany);
});

test("counts marks as well when the scope of groups is a single group", () => {
  expect(mark({ conversationCapScope: "group" }, fullSeed(1, maximum), ["extra1"])).toMatchObject(tooMany);
});

test("counts groups and marks together when the scope is shared", () => {
  const seed = fullSeed(maximum - 1, 1);
  expect(mark({ conversationCapScope: "shared" }, seed, ["peer0", "marked0"])).toEqual([undefined, undefined]);
  expect(mark({ conversationCapScope: "shared" }, seed, ["extra1"])).toMatchObject(tooMany);
});
