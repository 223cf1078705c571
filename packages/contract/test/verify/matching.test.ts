import { expect, test } from "vitest";
import { sayExpected } from "../../src/verify/check-response.ts";
import { at, fillScene, matches, type Scene } from "../../src/verify/fill-values.ts";

const now = 1_700_000_000_000;

test.each<[matcher: unknown, value: unknown, is: boolean]>([
  [1, 1, true],
  [1, "1", false],
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1 }, { b: 2 }, false],
  [{ a: 1 }, undefined, false],
  [[1, 2], [1, 2], true],
  [[1], [1, 2], false],
  [[], undefined, false],
  [{ $absentOr: [] }, undefined, true],
  [{ $absentOr: [] }, [], true],
  [{ $absentOr: [] }, [1], false],
  [{ $oneOf: [1, 2] }, 2, true],
  [{ $oneOf: [1, 2] }, 3, false],
  [{ $not: 1 }, 2, true],
  [{ $not: 1 }, 1, false],
  [{ $not: 1 }, undefined, false],
  [{ $length: 2 }, [1, 2], true],
  [{ $length: 2 }, "ab", false],
  [{ $set: [1, 2] }, [2, 1], true],
  [{ $set: [1, 2] }, [1, 1], false],
  [{ $set: [1] }, [1, 2], false],
  [{ $now: 10 }, 1_700_000_005, true],
  [{ $now: 10 }, 1_700_000_011, false],
  [{ $now: 10 }, now, false],
])("%j and %j match: %j", (matcher, value, is) => {
  expect(matches(matcher, value, now)).toBe(is);
});

test.each<[matcher: unknown, text: string]>([
  [{ a: 1 }, '{"a":1}'],
  [{ $absentOr: [] }, "nothing or []"],
  [{ $oneOf: [1, { $not: 2 }] }, "1 or a value other than 2"],
  [{ $length: 2 }, "a list of length 2"],
  [{ $set: [1, 2] }, "[1,2], in any order"],
  [{ $now: 10 }, "Unix seconds, at most 10 s from now"],
])("%j is reported as %j", (matcher, text) => {
  expect(sayExpected(matcher)).toBe(text);
});

test("a JSON pointer finds only existing values", () => {
  const value = { "a/b": [{ "~": 1 }] };
  expect(at(value, "/a~1b/0/~0")).toBe(1);
  expect(at(value, "/a~1b/1")).toBeUndefined();
  expect(at([], "/length/x")).toBeUndefined();
  expect(at({}, "/constructor")).toBeUndefined();
});

test("fills in users, chat groups and captured values, and omits what was not captured", () => {
  const scene: Scene = {
    fixtures: { users: { peers: ["one", "two"] }, chatGroups: { gone: "@TGS#NONE" }, fresh: [] },
    captures: new Map([["id", 7]]),
  };
  const value = {
    a: { $user: "peers", at: 1 },
    b: [{ $chatGroup: "gone" }, { $capture: "id" }],
    c: { $capture: "none" },
  };
  expect(fillScene(value, scene)).toEqual({ a: "two", b: ["@TGS#NONE", 7] });
});
