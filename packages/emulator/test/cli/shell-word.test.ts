import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "../../src/shell-word.ts";
import { amount } from "../amount.ts";
import { paste } from "./paste.ts";

test.each([
  ["plain", "plain"],
  ["--name=a/b_c.d:1,2@3%4+5", "--name=a/b_c.d:1,2@3%4+5"],
  ["", "''"],
  ["a b", "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ["'", String.raw`''\'''`],
  ['$(x)`y`"!\\', "'$(x)`y`\"!\\'"],
  ["a\nb", "'a\nb'"],
  ["~", "'~'"],
  ["家庭", "'家庭'"],
])("quotes %j as %s", (text, word) => {
  expect(shellWord(text)).toBe(word);
});

test("rejects a NUL", () => {
  expect(() => shellWord("a\0b")).toThrow("An argument of a command cannot hold a NUL.");
});

test("a shell reads each word as the original text", async () => {
  const unit = fc.oneof(
    fc.constantFrom(..."'\"`$!\\-=~#*?[]{}()<>|&;%@ \t\n\r\u0007\u009B\u202E"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  );
  const text = fc.string({ unit }).map((found) => found.replaceAll("\0", ""));
  const texts = fc.sample(text, { numRuns: amount({ quick: 500, thorough: 5000 }), seed: 1 });
  const { output, errors, files } = await paste([`printf '%s\\0' ${texts.map(shellWord).join(" ")}`]);
  expect(output.split("\0")).toEqual([...texts, ""]);
  expect([errors, files]).toEqual(["", []]);
});
