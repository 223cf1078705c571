import { expect, test } from "vitest";
import { limitNumbers, unitsOf } from "../bundle/limit-numbers.ts";

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
