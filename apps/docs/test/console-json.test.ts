import { describe, expect, test } from "vitest";
import { compactJson, formatJson, syntaxProblem } from "../src/console/json-text.ts";
import { modelOf, operations } from "../src/reference/model.ts";

const examples = operations(modelOf("en")).flatMap(({ requests, responses }) =>
  [...requests, ...responses].map(({ value }) => value),
);
const valid = [
  ...examples.map((value) => JSON.stringify(value, null, 2)),
  '"\\u00e9\\n\\"\ud83d"',
  "-1.5e+3",
  " [ ] ",
  "{}",
  '{"a":[{},[]],"":null}',
  "\t[true ,\r\nfalse]",
];
/** Each valid text with a part of it taken out, or with another put in. */
const broken = ['{"From_Account":"分组 👩‍👧","StartIndex":[0,{}],"b":null}', "[-1.5e3]"].flatMap((text) =>
  Array.from(text, (_, index) => [
    text.slice(0, index) + text.slice(index + 1),
    text.slice(0, index),
    ...["{", "]", ",", ":", '"', "\\", "0", "x", "\n", "-", "\u00a0"].map(
      (inserted) => text.slice(0, index) + inserted + text.slice(index),
    ),
  ]).flat(),
);

describe("the console's reader of JSON", () => {
  test("finds a problem exactly in the texts that are not JSON", () => {
    const differing = [...valid, ...broken].filter((text) => isJson(text) !== (syntaxProblem(text) === undefined));
    expect(differing).toEqual([]);
    expect(broken.filter(isJson).length).toBeLessThan(broken.length / 2);
  });

  test.each([
    ["", 1, 1, "value"],
    ["{", 1, 2, "name"],
    ['{"From_Account": }', 1, 18, "value"],
    ['{\n  "a": 1,\n}', 3, 1, "name"],
    ['{\n  "a" 1\n}', 2, 7, "colon"],
    ['{\n  "分组👩": 1\n  "b": 2}', 3, 3, "comma"],
    ["[1, 2", 1, 6, "comma"],
    ["[1]]", 1, 4, "end"],
    ["{'a': 1}", 1, 2, "name"],
    ['["abc]\n', 1, 2, "text"],
    ['["\\x"]', 1, 2, "text"],
    ["[01]", 1, 2, "value"],
    ["[NaN]", 1, 2, "value"],
    ['{"a": undefined}', 1, 7, "value"],
  ] as const)("finds in %j line %i, column %i, where a %s is missing", (text, line, column, expected) => {
    expect(syntaxProblem(text)).toMatchObject({ line, column, expected });
  });

  test("formats each text as JSON.stringify does, and undoes it", () => {
    for (const value of examples) {
      const compact = JSON.stringify(value);
      expect(formatJson(compact)).toBe(JSON.stringify(value, null, 2));
      expect(compactJson(formatJson(compact))).toBe(compact);
    }
  });

  test("keeps a number that JavaScript does not hold exactly", () => {
    expect(compactJson(formatJson('{"GroupId":18446744073709551615}'))).toBe('{"GroupId":18446744073709551615}');
  });

  test("reads nesting of any depth", () => {
    const text = "[".repeat(100_000);
    expect(syntaxProblem(text)).toMatchObject({ column: 100_001, expected: "value" });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
