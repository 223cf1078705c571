import { expect, test } from "vitest";
import { limitNumbers, unitsOf, unknownCodes } from "../bundle/numbers.ts";

const values = new Map([
  ["limits.groupsPerUser", 20],
  ["limits.groupedConversations", 1000],
  ["limits.serviceTimeout", 3],
  ["limits.validity", 31_536_000],
  ["limits.validity.years", 10],
  ["rates", 200],
]);
const units = unitsOf(values, {
  groupsPerUser: { unit: "conversation groups" },
  serviceTimeout: { unit: "seconds" },
});
const found = (text: string): string[] => limitNumbers(text, values, units).flatMap(({ names }) => names);

test.each([
  ["At most 20 groups.", ["limits.groupsPerUser"]],
  ["The limit is 1,000.", ["limits.groupedConversations"]],
  ["up to 1000 (per user)", ["limits.groupedConversations"]],
  ["It gives up after 3 seconds.", ["limits.serviceTimeout"]],
  ["Valid for 10 years", ["limits.validity.years"]],
  ["最多有 20 个会话分组", ["limits.groupsPerUser"]],
])("a limit is found in: %s", (text, names) => {
  expect(found(text)).toEqual(names);
});

test.each([
  "HTTP 200 for everything",
  "HTTP 状态码一律为 200。",
  "row 20 of SOURCES.md",
  "第 20 行",
  "Node.js 20 or later",
  "a 20-bit number",
  "on 2026-10-20",
  "version 1.20",
  "3 groups",
  "10 digits",
  "`20`",
  "{20} by default",
  "{limits.groupsPerUser}",
  "https://example.com/20",
  "1,000,000",
])("no limit is found in: %s", (text) => {
  expect(found(text)).toEqual([]);
});

const catalogue = new Set([51010, 60007]);
const codesIn = (text: string): number[] => unknownCodes(text, catalogue).map(({ code }) => code);

test.each([
  ["Returned 51010, or 51019.", [51019]],
  ["`51019` in older lists", [51019]],
  ["| [60009](../errors/60009/) |", [60009, 60009]],
  ["ErrorCode === 60009 ? 1 : 2", [60009]],
  ["コード 60009 と同じです。", [60009]],
])("a code that is not in the catalogue is codesIn in: %s", (text, codes) => {
  expect(codesIn(text)).toEqual(codes);
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
  expect(codesIn(text)).toEqual([]);
});

test("returns where a code starts", () => {
  expect(unknownCodes("Code 51019.", catalogue)).toEqual([{ code: 51019, index: 5 }]);
});
