import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitFields } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "../src/errors.ts";
import { diffStandardMark, formatStandardMark, parseStandardMark } from "../src/marks.ts";

const { bits: named, appBits, width } = bitFields.StandardMark;
const none = { star: false, unread: false, fold: false, hide: false, appBits: [], bits: 0n };
const bits = fc.bigInt({ min: 0n, max: 2n ** BigInt(width) - 1n });

describe("a mark is read with", () => {
  test.each([
    ["bit 0 at the right end", "1", { ...none, star: true, bits: 1n }],
    ["unread at bit 1", "10", { ...none, unread: true, bits: 2n }],
    ["fold at bit 2", "100", { ...none, fold: true, bits: 4n }],
    ["hide at bit 3", "1000", { ...none, hide: true, bits: 8n }],
    ["bits that have no name kept", "111001", { ...none, star: true, hide: true, bits: 57n }],
    ["leading zeros", "011111110", { ...none, unread: true, fold: true, hide: true, bits: 254n }],
    ["no mark from an empty text", "", none],
    [
      "the first and the last bit of the app",
      `1${"0".repeat(30)}1${"0".repeat(32)}`,
      { ...none, appBits: [32, 63], bits: 2n ** 63n + 2n ** 32n },
    ],
  ])("%s", (_, text, mark) => {
    expect(parseStandardMark(text)).toEqual(mark);
  });
});

describe("a mark is written", () => {
  test.each([
    ["without leading zeros", { star: true, fold: true }, "101"],
    ["as an empty text where nothing is set", none, ""],
    ["as an empty text where nothing is given", {}, ""],
    ["with bits of the app", { appBits: [32], unread: true }, `1${"0".repeat(30)}10`],
    ["with bits that have no name", { bits: 57n }, "111001"],
    ["with one mark taken off and the others kept", { ...parseStandardMark("111001"), star: false }, "111000"],
    [
      "with the app's bits replaced and the others kept",
      { bits: 2n ** 40n + 1n, appBits: [32] },
      `1${"0".repeat(31)}1`,
    ],
    ["with the same bit of the app given twice", { appBits: [33, 33] }, `1${"0".repeat(33)}`],
  ])("%s", (_, mark, text) => {
    expect(formatStandardMark(mark)).toBe(text);
  });
});

describe("what is read is written as it was", () => {
  test("for any text, but for leading zeros", () => {
    const text = fc.string({ unit: fc.constantFrom("0", "1"), maxLength: width });
    fc.assert(
      fc.property(text, (mark) => {
        expect(formatStandardMark(parseStandardMark(mark))).toBe(mark.replace(/^0+/, ""));
      }),
    );
  });

  test("for any bits, and each bit is found where it is", () => {
    fc.assert(
      fc.property(bits, (value) => {
        const mark = parseStandardMark(formatStandardMark({ bits: value }));
        expect(mark.bits).toBe(value);
        const marked = Object.entries(named).filter(([name]) => mark[name as keyof typeof named]);
        const set = [...marked.map(([, bit]) => bit), ...mark.appBits];
        const known = (bit: number) => Object.values<number>(named).includes(bit) || bit >= appBits.first;
        const expected = [...value.toString(2)]
          .toReversed()
          .flatMap((one, bit) => (one === "1" && known(bit) ? bit : []));
        expect(set).toEqual(expected);
      }),
    );
  });

  test("from its names and the app's bits alone", () => {
    const app = fc.uniqueArray(fc.integer({ min: appBits.first, max: appBits.last }));
    const names = fc.record({
      star: fc.boolean(),
      unread: fc.boolean(),
      fold: fc.boolean(),
      hide: fc.boolean(),
      appBits: app,
    });
    fc.assert(
      fc.property(names, (mark) => {
        expect(parseStandardMark(formatStandardMark(mark))).toMatchObject({
          ...mark,
          appBits: mark.appBits.toSorted((a, b) => a - b),
        });
      }),
    );
  });
});

describe("the difference of two marks", () => {
  test.each([
    ["is what is set and cleared", { star: true, hide: true }, { star: true, unread: true }, [1], [3]],
    ["is empty for the same marks", { bits: 57n }, parseStandardMark("00111001"), [], []],
    ["has the app's bits", { appBits: [32, 40] }, { appBits: [40, 63] }, [63], [32]],
    ["has bits without a name", { bits: 2n ** 5n }, { bits: 2n ** 31n }, [31], [5]],
    ["leaves what a change of a parsed mark keeps", parseStandardMark("111001"), marked("111001"), [2], [0]],
  ])("%s", (_, before, after, set, clear) => {
    expect(diffStandardMark(before, after)).toEqual({ set, clear });
  });

  test("leads from any mark to any other", () => {
    fc.assert(
      fc.property(bits, bits, (before, after) => {
        const { set, clear } = diffStandardMark({ bits: before }, { bits: after });
        const sum = (numbers: readonly number[]) => numbers.reduce((all, bit) => all + 2n ** BigInt(bit), 0n);
        expect(before + sum(set) - sum(clear)).toBe(after);
      }),
    );
  });

  function marked(text: string) {
    return { ...parseStandardMark(text), star: false, fold: true };
  }
});

describe("rejects", () => {
  test.each([
    ["another character", "10201", "text must be a string of 0 and 1, but is one with another character"],
    ["a line break at the end", "1\n", "text must be a string of 0 and 1, but is one with another character"],
    ["a number", 101, "text must be a string of 0 and 1, but is 101"],
    ["no text", undefined, "text must be a string of 0 and 1, but is undefined"],
    ["65 characters", "0".repeat(65), "text must be a string of at most 64 characters, but is one of 65"],
  ])("to read %s", (_, text, message) => {
    expect(messageOf(() => parseStandardMark(text as never))).toBe(message);
  });

  test.each([
    ["nothing", null, "mark must be an object, but is null"],
    ["a number for a mark", { star: 1 }, "star must be true or false, but is 1"],
    ["bits as a number", { bits: 1 }, "bits must be a bigint of at most 64 bits that is not negative, but is 1"],
    [
      "65 bits",
      { bits: 2n ** 64n },
      "bits must be a bigint of at most 64 bits that is not negative, but is another bigint",
    ],
    [
      "negative bits",
      { bits: -1n },
      "bits must be a bigint of at most 64 bits that is not negative, but is another bigint",
    ],
    ["one bit for the app's bits", { appBits: 32 }, "appBits must be an array, but is 32"],
    ["bit 31 as the app's", { appBits: [32, 31] }, "appBits[1] must be an integer from 32 to 63, but is 31"],
    ["bit 64", { appBits: [64] }, "appBits[0] must be an integer from 32 to 63, but is 64"],
    ["half a bit", { appBits: [32.5] }, "appBits[0] must be an integer from 32 to 63, but is 32.5"],
    ["a bit as text", { appBits: ["32"] }, "appBits[0] must be an integer from 32 to 63, but is a string"],
  ])("to write %s", (_, mark, message) => {
    expect(messageOf(() => formatStandardMark(mark as never))).toBe(message);
  });
});

test("names the mark that is not an object", () => {
  expect(messageOf(() => diffStandardMark("1" as never, {}))).toBe("before must be an object, but is a string");
  expect(messageOf(() => diffStandardMark({}, null as never))).toBe("after must be an object, but is null");
});

/** The message of the InvalidArgumentError that is thrown. */
function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.message;
    throw error;
  }
  throw new Error("nothing was rejected");
}
