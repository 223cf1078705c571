import { describe, expect, test } from "vitest";
import { judge } from "../../src/index.ts";
import { broken, last, more, page, recorded, type Said } from "./recorded.ts";

const paging = (...calls: readonly Said[]): Record<string, number[]> =>
  Object.fromEntries(
    (["start-index", "fail-as-success", "unfinished-pagination", "endless-pagination"] as const)
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

describe("an index that never advances", () => {
  test("is reported when the list then seems complete", () => {
    expect(broken("start-index", { ...page(0), ...more(2) }, { ...page(0), ...last })).toEqual([
      [1, "/StartIndex must be 2, the NextStartIndex of call 0, but is 0 again"],
    ]);
    expect(paging({ ...page(0), ...more(2) }, { ...page(0), ...last })).toEqual({ "start-index": [1] });
  });

  test("is reported once when the same page is received again and again", () => {
    const same = Array.from({ length: 7 }, () => ({ ...page(0), ...more(2) }));
    expect(paging(...same)).toEqual({ "start-index": [2] });
  });

  test("is reported in the middle of a list", () => {
    const pages = [
      { ...page(0), ...more(2) },
      { ...page(2), ...more(4) },
      { ...page(2), ...last },
    ];
    expect(paging(...pages)).toEqual({ "start-index": [2] });
  });

  test.each<[string, readonly Said[]]>([
    [
      "another step of the test",
      [
        { ...page(0), ...more(2), step: 1 },
        { ...page(0), ...last, step: 2 },
      ],
    ],
    [
      "a call that was sent before the response",
      [
        { ...page(0), ...more(2), durationMs: 5 },
        { ...page(0), ...last, at: 4 },
      ],
    ],
    [
      "another user",
      [
        { ...page(0), ...more(2) },
        { ...page(2), ...last },
        { ...page(0, "other"), ...last },
      ],
    ],
    [
      "a restart that ends at the last page",
      [
        { ...page(0), ...more(2) },
        { ...page(0), ...more(2) },
        { ...page(2), ...last },
      ],
    ],
  ])("does not count %s", (_title, calls) => {
    expect(paging(...calls)["start-index"]).toBeUndefined();
  });
});

describe("a list that is read again and again", () => {
  const reading = (at: number): Said[] => [
    { ...page(0), ...more(2), at },
    { ...page(2), ...last, at: at + 1 },
  ];
  const readings = (count: number, everyMs: number): Said[] =>
    Array.from({ length: count }, (_, index) => reading(index * everyMs)).flat();

  test("is reported once, at the beginning of the sixth reading", () => {
    expect(paging(...readings(5, 10))).toEqual({});
    expect(broken("endless-pagination", ...readings(150, 10))).toEqual([
      [10, "Call 9 got the last page, and the list was read 5 times in a row, but StartIndex 0 is requested once more"],
    ]);
  });

  test("can be polled", () => {
    expect(paging(...readings(20, 1002))).toEqual({});
  });

  test("can be read by many at the same time", () => {
    expect(paging(...Array.from({ length: 20 }, (_, at) => ({ ...page(0), ...last, at, durationMs: 100 })))).toEqual(
      {},
    );
  });

  test("can be read after each write and in each step", () => {
    const write: Said = { operation: "createContactGroup", body: { From_Account: "user_0001", GroupContactItem: [] } };
    expect(paging(...Array.from({ length: 9 }, (_, at) => [...reading(at), { ...write, at }]).flat())).toEqual({});
    expect(paging(...Array.from({ length: 9 }, (_, step) => ({ ...page(0), ...last, step })))).toEqual({});
  });
});

test("can begin with an index of the option startIndexes", () => {
  const resumed = recorded({ ...page(40), ...more(60) }, { ...page(60), ...last });
  expect(judge(resumed).map(({ rule }) => rule)).toEqual(["start-index"]);
  expect(judge(resumed, { startIndexes: [40] })).toEqual([]);
  expect(judge(resumed, { startIndexes: [20] }).map(({ rule }) => rule)).toEqual(["start-index"]);
});
