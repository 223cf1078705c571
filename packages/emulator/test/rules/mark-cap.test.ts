import { errorCodes, limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { bits, codes, custom, emulate, failure, mark, to } from "../call.ts";
import { fullSeed } from "../full-user.ts";
import type { Emulator, Settings } from "../../src/index.ts";

const { maximum } = limits.markedConversations;
const tooMany = failure("TooManyConversations", "mark.cap");

/** An emulator with numbers of conversations of ann: in a group, and with only a mark. */
function full(settings: Partial<Settings>, grouped: number, marked: number): Emulator {
  return emulate({ accounts: "lenient", ...settings }, { seed: fullSeed(grouped, marked) });
}

const marked = (emulator: Emulator, ...userIds: readonly string[]) =>
  mark(emulator, ...userIds.map((userId) => custom(to(userId), "y")));

test("accepts marks up to the cap, whatever is in groups, and with the next one fails the whole call", async () => {
  const emulator = full({}, maximum, maximum - 1);
  expect(codes(await marked(emulator, "peer0", "peer0", "marked0"))).toEqual([0, 0, 0]);
  const before = emulator.snapshot();
  expect(await marked(emulator, "marked1", "extra1")).toMatchObject(tooMany);
  expect(await mark(emulator, bits(to("extra1"), [0]))).toMatchObject({
    ...tooMany,
    ErrorInfo: expect.stringContaining(`The user has marks on ${maximum} conversations, and the limit is ${maximum}`),
  });
  expect(emulator.snapshot()).toEqual(before);
});

test("accepts what sets no mark at the cap, and a mark that is cleared makes room for the next", async () => {
  const emulator = full({}, 0, maximum);
  expect(
    codes(await mark(emulator, bits(to("extra1"), [], [0]), bits(to("extra1")), custom(to("extra1"), ""))),
  ).toEqual([0, 0, 0]);
  expect(codes(await mark(emulator, custom(to("marked0"), ""), custom(to("extra1"), "x")))).toEqual([0, 0]);
  expect(await marked(emulator, "marked0")).toMatchObject(tooMany);
});

test("fails the one conversation when the setting is item", async () => {
  const response = await marked(full({ conversationCap: "item" }, 0, maximum), "extra1", "marked0");
  expect(codes(response)).toEqual([errorCodes.TooManyConversations, 0]);
});

test("fails the whole call when the setting is evict, which removes from groups only", async () => {
  expect(await marked(full({ conversationCap: "evict" }, 1, maximum), "extra1")).toMatchObject(tooMany);
});

test("counts marks as well when the scope of groups is a single group", async () => {
  expect(await marked(full({ conversationCapScope: "group" }, 1, maximum), "extra1")).toMatchObject(tooMany);
});

test("counts groups and marks together when the scope is shared", async () => {
  const emulator = full({ conversationCapScope: "shared" }, maximum - 1, 1);
  expect(codes(await marked(emulator, "peer0", "marked0"))).toEqual([0, 0]);
  expect(await marked(emulator, "extra1")).toMatchObject(tooMany);
});
