import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson, toInteger } from "../src/json.ts";

describe("parseJson", () => {
  test.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["9007199254740993", "9007199254740993"],
    ["18446744073709551615", "18446744073709551615"],
    ["-9007199254740991", -9007199254740991],
    ["-9007199254740992", "-9007199254740992"],
    ["1000000000000000", 1000000000000000],
    ["12345678901234567.5", Number("12345678901234567.5")],
    ["1e30", 1e30],
    ["0.12345678901234567890", Number("0.12345678901234567890")],
  ])("reads %s as %j in every place", (number, value) => {
    expect(parseJson(number)).toBe(value);
    expect(parseJson(`[${number},${number} , ${number}]`)).toEqual([value, value, value]);
    expect(parseJson(`{ "a" :\n${number}\n}`)).toEqual({ a: value });
  });

  test.each([
    '"18446744073709551615"',
    '"[18446744073709551615]"',
    '"a\\",18446744073709551615,\\"b"',
    '"\\\\"',
    '{"18446744073709551615":":18446744073709551615,"}',
  ])("leaves the string %s unchanged next to a large integer", (string) => {
    expect(parseJson(`[${string},18446744073709551615]`)).toEqual([JSON.parse(string), "18446744073709551615"]);
  });

  test("keeps every integer and every other value, at any depth", () => {
    const integer = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
      fc.bigInt({ min: -(2n ** 63n), max: 0n }),
    );
    const string = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom('"', "\\", ":", ",", "[", "]", "18446744073709551615", " "))
        .map((parts) => parts.join("")),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        integer,
        string,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(true, false, null),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(
          string.filter((name) => name !== "__proto__"),
          tie("tree"),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2, "\t"), (value, indent) => {
        const marked = JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? `\0${one}` : one), indent);
        const text = marked.replaceAll(/"\\u0000(-?\d+)"/g, "$1");
        const expected = JSON.stringify(value, (_, one: unknown) => {
          if (typeof one !== "bigint") return one;
          return Number.isSafeInteger(Number(one)) ? Number(one) : String(one);
        });
        expect(parseJson(text)).toEqual(JSON.parse(expected));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["", "{", '"9007199254740993', "[9007199254740993", "09007199254740993", '{"a":9007199254740993,}'])(
    "throws a SyntaxError for %j",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test("reads a string of a million escapes, and one of a million digits", () => {
    const escapes = '\\"'.repeat(1_000_000);
    const digits = "1".repeat(1_000_000);
    expect(parseJson(`["${escapes}",${digits}]`)).toEqual(['"'.repeat(1_000_000), digits]);
  });
});

describe("toInteger", () => {
  test.each([
    [0, 0],
    ["0", 0],
    [60007, 60007],
    ["60007", 60007],
    ["-1", -1],
    ["007", 7],
  ])("reads %j as %j", (value, integer) => {
    expect(toInteger(value)).toBe(integer);
  });

  test.each(["", " ", "0x0", "1.5", "1e3", "none", 0.5, Infinity, null, undefined, true, [0], {}])(
    "returns NaN for %j",
    (value) => {
      expect(toInteger(value)).toBeNaN();
    },
  );
});
