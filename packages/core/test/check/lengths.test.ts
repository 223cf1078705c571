import { expect, test } from "vitest";
import { byteLength, characterCount } from "../../src/check/index.ts";

test.each([
  ["", 0, 0],
  ["ann", 3, 3],
  ["\u00e4", 2, 1],
  ["\u4e2d\u6587", 6, 2],
  ["\u{1f600}a", 5, 2],
])("%j has %d bytes in UTF-8 and %d characters", (value, bytes, characters) => {
  expect(byteLength(value)).toBe(bytes);
  expect(characterCount(value)).toBe(characters);
});
