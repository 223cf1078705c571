import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toValue } from "../../src/inspector/page/draft.ts";
import { addCalls, type Call, callsKept, isMatch, since } from "../../src/inspector/page/journal.ts";
import { formatJson } from "../../src/inspector/page/json-text.ts";
import { hrefOf, readRoute, type Route } from "../../src/inspector/page/routes.ts";
import { faultForm } from "../../src/generated/control-texts.ts";

const callOf = (number: number, more: Partial<Call> = {}): Call => ({
  number,
  at: number,
  method: "POST",
  url: "/v4/x",
  rule: "get.page",
  why: "The page begins at 0",
  code: 0,
  ...more,
});
const calls = (first: number, last: number): Call[] =>
  Array.from({ length: last - first + 1 }, (_, index) => callOf(first + index));
const numbers = (list: readonly Call[] | undefined): readonly number[] | undefined => list?.map(({ number }) => number);

test("new calls come before the known ones", () => {
  const known = addCalls([], { calls: calls(1, 2), last: 2 })!;
  expect(since(known)).toBe(1);
  expect(numbers(addCalls(known, { calls: calls(2, 4), last: 4 }))).toEqual([4, 3, 2, 1]);
});

test("nothing changes without a new call", () => {
  const known = addCalls([], { calls: calls(1, 2), last: 2 })!;
  expect(addCalls(known, { calls: calls(2, 2), last: 2 })).toBe(known);
});

test("keeps the newest 1000 calls", () => {
  const known = addCalls([], { calls: calls(1, 1000), last: 1000 })!;
  const list = addCalls(known, { calls: calls(1000, 1500), last: 1500 })!;
  expect([list.length, list[0]?.number, list.at(-1)?.number]).toEqual([callsKept, 1500, 501]);
});

test.each([
  ["a journal that was cleared", { calls: [], last: 0 }],
  ["an emulator that was restarted and has as many calls", { calls: [callOf(2, { at: 5 })], last: 2 }],
  ["an emulator that was restarted and has more calls", { calls: [callOf(2, { at: 5 }), callOf(3)], last: 3 }],
  ["a journal that does not have the last known call any more", { calls: calls(5, 6), last: 6 }],
])("notices %s", (_, page) => {
  const known = addCalls([], { calls: calls(1, 2), last: 2 })!;
  expect(addCalls(known, page)).toBeUndefined();
});

test.each([
  ["51010", { code: 51010 }],
  ["GROUP-count", { rule: "create.group-count" }],
  ["ann family", { user: "ann", body: '{"GroupName":"family"}' }],
  ["家庭", { body: '{"GroupName":"家庭"}' }],
])("finds a call by %j", (text, parts) => {
  expect(isMatch(callOf(1, parts), { text, outcome: "all" })).toBe(true);
  expect(isMatch(callOf(1), { text, outcome: "all" })).toBe(false);
});

test("finds calls by their outcome", () => {
  const list = [callOf(1), callOf(2, { code: 51010 }), callOf(3, { code: 0, fault: 1 })];
  const found = (outcome: "succeeded" | "failed" | "faults"): readonly number[] | undefined =>
    numbers(list.filter((call) => isMatch(call, { text: "", outcome })));
  expect([found("succeeded"), found("failed"), found("faults")]).toEqual([[1], [2], [3]]);
});

test("breaks lines of JSON, whatever it is, and changes no value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, undefined, 2);
      expect(formatJson(JSON.stringify(value))).toBe(text);
      expect(formatJson(text)).toBe(text);
    }),
  );
  expect(formatJson('{"a":12345678901234567890, "b":1.50}')).toBe('{\n  "a": 12345678901234567890,\n  "b": 1.50\n}');
  expect(formatJson("{no JSON")).toBe("{no JSON");
});

test("an address names the same view, whatever it shows", () => {
  const route = fc.record({
    view: fc.constantFrom("calls", "state", "faults", "clock", "settings", "apps"),
    rest: fc.string({ unit: "grapheme" }),
    sdkAppId: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(route, (given) => {
      expect(readRoute(hrefOf(given as Route))).toEqual(given);
    }),
  );
});

test.each(["", "#", "#/", "#/nothing", "#/__proto__", "#/calls/%"])("the address %j is that of the calls", (hash) => {
  expect(readRoute(hash)).toEqual({ view: "calls", rest: "", sdkAppId: undefined });
});

test("a form sends what was typed with the types of the fields, and nothing else", () => {
  const draft = {
    times: "2",
    probability: "0.5",
    user: "ann",
    error: "51010",
    reset: true,
    body: "",
    drip: { bytes: "8" },
  };
  const fault = { times: 2, probability: 0.5, user: "ann", error: 51_010, reset: true, drip: { bytes: 8 } };
  expect(toValue(faultForm, draft)).toEqual(fault);
  expect(toValue(faultForm, {})).toBeUndefined();
  expect(toValue(faultForm, { error: "CallRateExceeded" })).toEqual({ error: "CallRateExceeded" });
});

test("a form sends each entry of a list", () => {
  const draft = { conversations: [{ index: "0", error: "51007" }, {}] };
  expect(toValue(faultForm, draft)).toEqual({ conversations: [{ index: 0, error: 51_007 }, {}] });
});

test("a form sends a text where a number was expected, so that the emulator says what it must be", () => {
  expect(toValue(faultForm, { times: "two" })).toEqual({ times: "two" });
});
