import { expect, test } from "vitest";
import { scanJson } from "../src/json-scan.ts";

test("finds texts with half of a surrogate pair", () => {
  const text = String.raw`{"a":"\ud83d","b":["\ud83d\ude00","\\ud83d","x\uDE00"],"\ud83d":"\u0041"}`;
  expect(scanJson(text).halfCharacters).toEqual(["/a", "/b/2"]);
});

test.each([
  ['{"a":{"a":1},"b":[{"a":1},{"a":1}]}', [], []],
  ['{"a":[0,{"b":1,"b":2}],"a":3}', ["/a/1/b", "/a"], []],
  ['{"x/y":1,"x/y":2,"~":1,"~":1}', ["/x~1y", "/~0"], []],
  ['{"a":"\\"b\\":1,\\"b\\":2","b":1}', [], []],
  ['{"":1,"":1}', ["/"], []],
  ['[[],{},1.5,1E2,-0.0,"1.0",12345678901234567890]', [], ["/3", "/4"]],
  ["1.0", [], [""]],
])("scans %s", (text, duplicates, integers) => {
  const found = scanJson(text);
  expect([found.duplicates, found.integers.map(({ pointer }) => pointer)]).toEqual([duplicates, integers]);
});

test("lists nothing below the depth of any message, so that a deep text has no long pointers", () => {
  const depth = 100_000;
  const { duplicates, integers } = scanJson(`${"[".repeat(depth)}1.0,{"a":1,"a":1}${"]".repeat(depth)}`);
  expect([duplicates, integers]).toEqual([[], []]);
});
