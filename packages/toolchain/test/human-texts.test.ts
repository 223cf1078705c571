import { expect, test } from "vitest";
import { humanTexts } from "../bundle/human-texts.ts";
import { bundle } from "./bundle.ts";

/** Strings of several words that are no texts: made from texts, names that operations refer to, a date, and what the service answers. */
const known = [
  /\/x-enumDescriptions\//,
  /^\/tags\/0\/name$/,
  /\/post\/tags\/0$/,
  /^\/x-documents\/[^/]+\/date$/,
  /^\/components\/examples\/\w+\/value\//,
];

function strings(node: unknown, pointer = ""): [string, string][] {
  if (typeof node === "string") return [[pointer, node]];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    strings(value, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

test("every string of several words is a human text", () => {
  const texts = humanTexts(bundle);
  const overlooked = strings(bundle)
    .filter(([at, text]) => /\p{L}\s+\p{L}/u.test(text) && !texts.has(at) && !known.some((pattern) => pattern.test(at)))
    .filter(([, text]) => !/^\d{5} \w+$/.test(text));
  expect(overlooked).toEqual([]);
});

test("a text is known by its key, and in the catalogue and the limits by more keys", () => {
  const texts = humanTexts({
    info: { title: "Groups", summary: "Group", message: "no", unit: "no" },
    "x-errors": { private: [{ code: 1, name: "No", message: "m", cause: "c", fix: "f", hint: "h", note: "n" }] },
    "x-limits": { a: { unit: "u", message: "no" } },
  });
  expect([...texts.values()]).toEqual(["Groups", "Group", "m", "c", "f", "h", "n", "u"]);
});

test("data, names and references are no texts", () => {
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
