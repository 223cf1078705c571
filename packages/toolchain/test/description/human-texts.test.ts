import { expect, test } from "vitest";
import { humanTexts } from "../../bundle/human-texts.ts";
import { bundle } from "./bundle.ts";

/** Strings of several words that are not texts: created from texts, names that operations refer to, a date, and what the service returns. */
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
