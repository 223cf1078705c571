import { array, assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { checkReport, digits, renderReport, spread, spreadText } from "../src/report.ts";

test("divides each figure by that of the baseline in the same round", () => {
  const rounds = [
    { fetch: { "µs of CPU": 10 }, client: { "µs of CPU": 20 } },
    // The machine has become ten times slower.
    { fetch: { "µs of CPU": 100 }, client: { "µs of CPU": 300 } },
    { fetch: { "µs of CPU": 30 }, client: { "µs of CPU": 30 } },
  ];
  expect(renderReport({ title: "A call", rounds })).toBe(
    [
      "### A call",
      "",
      "|  | µs of CPU |",
      "| --- | --- |",
      "| fetch | 1 = 30.0 |",
      "| client | 2.00 (1.00–3.00) |",
    ].join("\n"),
  );
});

test("lists figures that are not divided, a single one without a range", () => {
  const values = { "first server, ms": [812.4], "further server, ms": [3, 1, 2] };
  expect(renderReport({ title: "Start", values }).split("\n").slice(-2)).toEqual([
    "| first server, ms | 812 |",
    "| further server, ms | 2.00 (1.00–3.00) |",
  ]);
});

test("escapes the column separator in a name", () => {
  expect(renderReport({ title: "Start", values: { "a|b": [1] } })).toContain("| a\\|b | 1.00 |");
});

test("min, median and max are figures of the list, in this order, whatever the order of the list", () => {
  assert(
    property(array(double({ noNaN: true }), { minLength: 1 }), (figures) => {
      const { min, median, max } = spread(figures);
      expect(figures).toEqual(expect.arrayContaining([min, median, max]));
      expect(figures.every((figure) => min <= figure && figure <= max)).toBe(true);
      expect(figures.filter((figure) => figure <= median).length * 2).toBeGreaterThanOrEqual(figures.length);
      expect(figures.filter((figure) => figure >= median).length * 2).toBeGreaterThanOrEqual(figures.length);
    }),
  );
  expect(() => spread([])).toThrow("no figures");
});

test.each([
  [0.000_123_4, "0.00012"],
  [0, "0.00"],
  [0.9954, "1.00"],
  [12.34, "12.3"],
  [12_345.6, "12,346"],
])("writes %d as %s", (figure, text) => {
  expect(digits(figure)).toBe(text);
  expect(spreadText([figure])).toBe(text);
});

test.each([
  [{ rounds: [] }, "a report must have a title"],
  [{ title: "A call" }, '"A call" has neither rounds nor values'],
  [{ title: "A call", rounds: [] }, '"A call" has no figure'],
  [{ title: "A call", rounds: [{ fetch: { µs: null } }] }, '"A call" has a figure that is not a number'],
  [{ title: "Start", values: { ms: ["1"] } }, '"Start" has a figure that is not a number'],
  [{ title: "Start", values: { ms: [0] } }, '"Start" has the figure 0, but every figure must be above 0'],
  [
    { title: "A call", rounds: [{ fetch: { µs: -1 } }] },
    '"A call" has the figure -1, but every figure must be above 0',
  ],
])("rejects %j as a report", (value, message) => {
  expect(() => checkReport(value)).toThrow(message);
});
