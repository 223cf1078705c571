import { expect, test } from "vitest";
import { fill, fillText, unknownPlaceholders } from "../bundle/placeholders.ts";

const values = new Map([
  ["limits.groupedConversations", 1000],
  ["schemas.GroupName.maxBytes", 32],
]);

test.each([
  ["en", "1,000"],
  ["ja", "1,000"],
  ["zh-CN", "1,000"],
  ["de", "1.000"],
])("a number is written as in %s", (language, written) => {
  expect(fillText("Up to {limits.groupedConversations}.", values, language)).toBe(`Up to ${written}.`);
});

test("the number after a limit has +1, and a number in braces stays as it is", () => {
  expect(fillText("{schemas.GroupName.maxBytes+1} to {64}, {1,000}", values, "en")).toBe("33 to 64, 1,000");
});

test("words in braces in code and objects are not placeholders", () => {
  expect(unknownPlaceholders('`https://{host}/v4` and `{ "a": 1 }`', values)).toEqual([]);
});

test.each(["{limits.groups}", "{groups}", "`{limits.groups}`", "{schemas.GroupName.bytes+1}"])(
  "%s names no value",
  (text) => {
    const written = text.replaceAll("`", "");
    expect(unknownPlaceholders(text, values)).toEqual([{ written, name: written.replace(/[{}]|\+1/g, "") }]);
  },
);

test("texts and what is generated from them are filled in, and nothing else", () => {
  const document = {
    info: { description: "Up to {limits.groupedConversations}.", license: { name: "{schemas.GroupName.maxBytes}" } },
    components: {
      examples: { A: { summary: "A", value: { ErrorInfo: "{limits.groupedConversations}" } } },
      schemas: { B: { pattern: "^[0-9]{32}$", "x-enumDescriptions": { 1: "A: {limits.groupedConversations}" } } },
    },
  };
  expect(fill(document, values, "de")).toEqual({
    info: { description: "Up to 1.000.", license: { name: "{schemas.GroupName.maxBytes}" } },
    components: {
      examples: { A: { summary: "A", value: { ErrorInfo: "1,000" } } },
      schemas: { B: { pattern: "^[0-9]{32}$", "x-enumDescriptions": { 1: "A: 1.000" } } },
    },
  });
});
