import { expect, test } from "vitest";
import { humanTexts } from "../bundle/human-texts.ts";

test("a text is known by its key, and in the catalogue and the limits by more keys", () => {
  const texts = humanTexts({
    info: { title: "Groups", summary: "Group", message: "no", unit: "no" },
    "x-errors": { private: [{ code: 1, name: "No", message: "m", cause: "c", fix: "f", hint: "h", note: "n" }] },
    "x-limits": { a: { unit: "u", message: "no" } },
  });
  expect([...texts.values()]).toEqual(["Groups", "Group", "m", "c", "f", "h", "n", "u"]);
});

test("data, names and references are not texts", () => {
  const texts = humanTexts({
    components: {
      examples: { A: { summary: "50001 UserNotImported", value: { description: "no" } } },
      schemas: {
        B: { "x-bound": "x-limits.groupsPerUser", default: { title: "no" }, "x-enumDescriptions": { 1: "no" } },
      },
    },
  });
  expect([...texts]).toEqual([]);
});

test("a slash or a tilde in a key is escaped in the pointer", () => {
  expect([...humanTexts({ paths: { "/v4/~a": { summary: "A" } } }).keys()]).toEqual(["/paths/~1v4~1~0a/summary"]);
});
