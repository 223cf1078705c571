import { expect, test } from "vitest";
import { lostParts } from "../bundle/kept-parts.ts";

const text = "## Codes\n\nUserSig `a` at most 1,000 times, see [row 10](https://a.example/b).\n\n- One of the IDs";

test("a translation with the same parts in another order lost none", () => {
  expect(
    lostParts(text, "## 错误码\n\n见[第 10 行](https://a.example/b)，`a` 最多 1000 次 UserSig。\n\n- 其中一个 ID"),
  ).toEqual([]);
});

test.each([
  ["`a`", "`b`", ["lost the code span `a`", "added the code span `b`"]],
  ["`a`", "a", ["lost the code span `a`"]],
  ["1,000", "100", ["lost the number 1000", "added the number 100"]],
  ["b)", "c)", ["lost the link https://a.example/b", "added the link https://a.example/c"]],
  ["## ", "# ", ["lost the heading ##", "added the heading #"]],
  ["- One", "One", ["lost the list item -"]],
  ["UserSig", "User signature", ["lost the name UserSig"]],
  ["IDs", "ones", ["lost the name ID"]],
  ["\n\n- ", "\n- ", ["lost the end of a paragraph ¶"]],
])("a translation with %j as %j is reported", (part, other, expected) => {
  expect(lostParts(text, text.replaceAll(part, other))).toEqual(expect.arrayContaining(expected));
});

test("a number up to twelve can stand for a word, and a name can be added", () => {
  expect(lostParts("Two months.", "2 か月。")).toEqual([]);
  expect(lostParts("A few.", "13 個。")).toEqual(["added the number 13"]);
  expect(lostParts("The service.", "IM の API。")).toEqual([]);
});

test("API can be another word", () => {
  expect(lostParts("The REST API.", "REST 接口。")).toEqual([]);
});
