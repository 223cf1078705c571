import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import type { SeedUser, SeedDocument } from "../src/index.ts";
import { call, create, emulate, get, search, to } from "./call.ts";
import { send, problem } from "./control/send.ts";
import { stores } from "./model/stores.ts";

const last = Number.MAX_SAFE_INTEGER;
const member = { Type: 1, To_Account: "cat", groups: ["a"] } as const;
const groups = [{ name: "a" }];
const nextFails: readonly SeedUser[] = [
  { userId: "ann", groups, conversations: [{ ...member, position: last }] },
  { userId: "ann", groups, conversations: [{ ...member, joined: [last] }] },
  { userId: "ann", groups, nextPosition: last + 1 },
  { userId: "ann", groups, lastGroupId: last },
];
const cases = Object.keys(stores).flatMap((store) => nextFails.map((user) => [store, user] as const));

test.each(cases)("fails a call that would need an inexact number, with the store %s and %j", async (store, user) => {
  const seed: SeedDocument = { apps: [{ accounts: ["bob", "cat"], users: [user] }] };
  const emulator = emulate({}, { seed, store: stores[store]?.() });
  const before = emulator.snapshot();
  expect(await create(emulator, user.lastGroupId === undefined ? "a" : "b", [to("bob")])).toMatchObject({
    ErrorCode: errorCodes.InternalFailure,
    ErrorInfo: expect.stringMatching(
      /the highest number, 9007199254740991, is in use|must return an integer above 9007199254740991/,
    ),
  });
  expect(emulator.snapshot()).toEqual(before);
  emulator.restore(before);
  expect(emulator.snapshot()).toEqual(before);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
  expect(await search(emulator, [to("cat")])).toMatchObject({ ErrorCode: 0 });
});

test.each<[SeedUser, string]>([
  [{ userId: "ann", groups: [{ name: "a", id: last }, { name: "b" }] }, "/groups/1 cannot get an ID"],
  [
    {
      userId: "ann",
      groups,
      conversations: [
        { ...member, position: last },
        { ...member, To_Account: "bob" },
      ],
    },
    "/conversations/1 cannot get a number",
  ],
  [
    {
      userId: "ann",
      groups,
      conversations: [
        { ...member, joined: [last] },
        { ...member, To_Account: "bob" },
      ],
    },
    "/conversations/1 cannot get a number",
  ],
])("rejects the seed %j and names the place", (user, message) => {
  expect(() => emulate().seed({ apps: [{ users: [user] }] })).toThrow(`/apps/0/users/0${message}`);
});

test("rejects a number that JavaScript reads as Infinity", async () => {
  const emulator = emulate();
  expect(await call(emulator, "getContactGroup", '{"From_Account":"ann","StartIndex":1e400}')).toMatchObject({
    ErrorCode: errorCodes.InvalidRequestParameter,
    ErrorInfo: expect.stringContaining("/StartIndex must be an integer"),
  });
  expect(await send(emulator, "PATCH", "/clock", '{"advanceMs":1e400}')).toMatchObject(
    problem(422, { pointer: "#/advanceMs" }, "must be an integer"),
  );
  expect(await send(emulator, "POST", "/faults", '{"error":1e400}')).toMatchObject({ status: 422 });
});
