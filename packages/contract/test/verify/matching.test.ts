import { expect, test } from "vitest";
import {
  absentOr,
  anyOrder,
  at,
  differences,
  lengthOf,
  not,
  now,
  oneOf,
  sayExpected,
} from "../../src/verify/matching.ts";

const time = 1_700_000_000_000;

test.each<[expected: unknown, value: unknown, is: boolean]>([
  [1, 1, true],
  [1, "1", false],
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1 }, { b: 2 }, false],
  [{ a: 1 }, undefined, false],
  [{ a: undefined }, { a: 1 }, true],
  [[1, 2], [1, 2], true],
  [[1], [1, 2], false],
  [[], undefined, false],
  [absentOr([]), undefined, true],
  [absentOr([]), [], true],
  [absentOr([]), [1], false],
  [{ a: absentOr([]) }, {}, true],
  [oneOf(1, 2), 2, true],
  [oneOf(1, 2), 3, false],
  [not(1), 2, true],
  [not(1), 1, false],
  [not(1), undefined, false],
  [not(undefined), 1, true],
  [lengthOf(2), [1, 2], true],
  [lengthOf(2), "ab", false],
  [anyOrder([1, 2]), [2, 1], true],
  [anyOrder([1, 2]), [1, 1], false],
  [anyOrder([1]), [1, 2], false],
  [anyOrder([{ a: 1 }]), [{ a: 1, b: 2 }], true],
  [now(10), 1_700_000_005, true],
  [now(10), 1_700_000_011, false],
  [now(10), time, false],
])("%j and %j match: %j", (expected, value, is) => {
  expect(differences(expected, value, time).length === 0).toBe(is);
});

test("differences have the innermost place", () => {
  const expected = { list: [{ name: "one" }, { "a/b": not(2), same: 1 }], length: lengthOf(0) };
  const value = { list: [{ name: "two" }, { "a/b": 2, same: 1 }], length: [1] };
  expect(differences(expected, value, time)).toEqual([
    { rule: "value", pointer: "/list/0/name", expected: '"one"', got: '"two"' },
    { rule: "value", pointer: "/list/1/a~1b", expected: "a value other than 2", got: "2" },
    { rule: "value", pointer: "/length", expected: "a list of length 0", got: "[1]" },
  ]);
});

test("a list of another length is one difference", () => {
  expect(differences({ list: [lengthOf(1)] }, { list: [] }, time)).toEqual([
    { rule: "value", pointer: "/list", expected: '["a list of length 1"]', got: "[]" },
  ]);
});

test.each<[expected: unknown, text: string]>([
  [{ a: 1 }, '{"a":1}'],
  [absentOr([]), "nothing or []"],
  [oneOf(1, not(2)), "1 or a value other than 2"],
  [lengthOf(2), "a list of length 2"],
  [anyOrder([1, 2]), "[1,2], in any order"],
  [now(10), "Unix seconds, at most 10 s from now"],
])("%j is reported as %j", (expected, text) => {
  expect(sayExpected(expected)).toBe(text);
});

test("a JSON pointer finds only existing values", () => {
  const value = { "a/b": [{ "~": 1 }] };
  expect(at(value, "/a~1b/0/~0")).toBe(1);
  expect(at(value, "/a~1b/1")).toBeUndefined();
  expect(at([], "/length/x")).toBeUndefined();
  expect(at({}, "/constructor")).toBeUndefined();
});
