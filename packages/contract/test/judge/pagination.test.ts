import { expect, test } from "vitest";
import { broken, last, more, page, type Said } from "./recorded.ts";

const paging = (...calls: readonly Said[]): Record<string, number[]> =>
  Object.fromEntries(
    (["start-index", "fail-as-success", "unfinished-pagination"] as const)
      .map((rule) => [rule, broken(rule, ...calls).map(([call]) => call)] as const)
      .filter(([, found]) => found.length > 0),
  );

test.each<[string, readonly Said[]]>([
  ["one page", [{ ...page(0), ...last }]],
  [
    "two pages",
    [
      { ...page(0), ...more(2) },
      { ...page(2), ...last },
    ],
  ],
  [
    "a failed page that is requested again",
    [
      { ...page(0), ...more(2) },
      { ...page(2), code: 50004 },
      { ...page(2), ...last },
    ],
  ],
  [
    "a lost response that is requested again",
    [
      { ...page(0), ...more(2) },
      { ...page(2), lost: true },
      { ...page(2), ...last },
    ],
  ],
  [
    "pagination that restarts after a failure",
    [
      { ...page(0), ...more(2) },
      { ...page(2), code: 50004 },
      { ...page(0), ...last },
    ],
  ],
  [
    "pagination that stops after a failure",
    [
      { ...page(0), ...more(2) },
      { ...page(2), code: 50004 },
    ],
  ],
  [
    "two concurrent paginations of one user",
    [
      { ...page(0), ...more(2) },
      { ...page(0), ...more(2) },
      { ...page(2), ...last },
      { ...page(2), ...last },
    ],
  ],
  ["a response without the fields of paging", [{ ...page(0) }]],
])("accepts %s", (_title, calls) => {
  expect(paging(...calls)).toEqual({});
});

test("reports an invented index", () => {
  expect(broken("start-index", { ...page(0), ...more(2) }, { ...page(100), ...last })).toEqual([
    [1, "/StartIndex must be 0 or 2, the NextStartIndex of call 0, but is 100"],
  ]);
  expect(broken("start-index", page(1))).toEqual([
    [0, "/StartIndex must be 0, as no page before it has a NextStartIndex, but is 1"],
  ]);
});

test("reports a request for a page after the last one", () => {
  expect(broken("start-index", { ...page(0), ...last }, { ...page(2), ...last })).toEqual([
    [1, "/StartIndex must be 0, as call 0 got the last page, but is 2"],
  ]);
});

test("reports the next index of another user", () => {
  const calls = [
    { ...page(0, "a"), ...more(2) },
    { ...page(2, "b"), ...last },
    { ...page(2, "a"), ...last },
  ];
  expect(paging(...calls)).toEqual({ "start-index": [1] });
});

test("reports a failure that was read as a page", () => {
  expect(
    broken("fail-as-success", { ...page(0), ...more(2) }, { ...page(2), code: 50004 }, { ...page(4), ...last }),
  ).toEqual([[2, "/StartIndex is 4 although call 1 for page 2 failed with HTTP 200 and an ErrorCode other than 0"]]);
  expect(paging({ ...page(0), ...more(2) }, { ...page(2), code: 50004 }, { ...page(4), ...last })).toEqual({
    "fail-as-success": [2],
  });
});

test("reports pagination that ends before the last page", () => {
  expect(broken("unfinished-pagination", { ...page(0), ...more(2) })).toEqual([
    [0, "The response has CompleteFlag 0, but the page at StartIndex 2 was never requested"],
  ]);
});

test("does not report an invalid index, which breaks the schema", () => {
  const violation = { in: "body", pointer: "/StartIndex", rule: "type", code: 50002, message: "" } as const;
  expect(paging({ ...page(7), violations: [violation], code: 50002 })).toEqual({});
});
