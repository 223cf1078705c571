import { expect, test } from "vitest";
import { unknownCodes } from "../bundle/code-numbers.ts";

const catalogue = new Set([51010, 60007]);
const found = (text: string): number[] => unknownCodes(text, catalogue).map(({ code }) => code);

test.each([
  ["Answered 51010, or 51019.", [51019]],
  ["`51019` in older lists", [51019]],
  ["| [60009](../errors/60009/) |", [60009, 60009]],
  ["ErrorCode === 60009 ? 1 : 2", [60009]],
  ["コード 60009 と同じです。", [60009]],
])("a code that is not in the catalogue is found in: %s", (text, codes) => {
  expect(found(text)).toEqual(codes);
});

test.each([
  "51010 and 60007",
  "{60000}",
  "https://example.com/document/53441",
  "71,000",
  "70001",
  "510100",
  "v1.51019",
  "2026-51019",
  "code-51019",
  "51019-bit",
])("no code is found in: %s", (text) => {
  expect(found(text)).toEqual([]);
});

test("says where a code begins", () => {
  expect(unknownCodes("Code 51019.", catalogue)).toEqual([{ code: 51019, index: 5 }]);
});
