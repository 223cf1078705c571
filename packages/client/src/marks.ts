import { kind } from "@contact-groups/core/arguments";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { appBitRange, standardMarkBits, standardMarkWidth } from "./generated/marks.ts";

/** A mark that the service names: star, unread, fold or hide. */
export type StandardMarkName = keyof typeof standardMarkBits;

/** What a `StandardMark` of the service says. */
export type StandardMark = Readonly<Record<StandardMarkName, boolean>> & {
  /** The app's own bits that are set, by number, 32 to 63, in rising order. */
  readonly appBits: readonly number[];
  /** All bits, also those that have no name. A bigint, since a number cannot hold 64 bits. */
  readonly bits: bigint;
};

const names = Object.keys(standardMarkBits) as readonly StandardMarkName[];
const { first, last } = appBitRange;

/**
 * Reads a `StandardMark`: a text of `0` and `1` whose rightmost character is bit 0. It can have leading zeros, and be empty.
 *
 * @param text 0 to 64 characters. Throws an `InvalidArgumentError` if it is anything else.
 * @example
 * ```ts
 * parseStandardMark("111001"); // { star: true, unread: false, fold: false, hide: true, appBits: [], bits: 57n }
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function parseStandardMark(text: string): StandardMark {
  if (typeof text !== "string" || /[^01]/.test(text)) refuse("text", "text of 0 and 1", kind(text));
  if (text.length > standardMarkWidth)
    refuse("text", `at most ${standardMarkWidth} characters`, `${text.length} characters`);

  const bits = BigInt(`0b0${text}`);
  const has = (bit: number): boolean => ((bits >> BigInt(bit)) & 1n) === 1n;
  const named = Object.fromEntries(names.map((name) => [name, has(standardMarkBits[name])]));
  const appBits = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(has);
  return { ...(named as Record<StandardMarkName, boolean>), appBits, bits };
}

/**
 * Writes a `StandardMark` without leading zeros; no mark is the empty text.
 *
 * What is given in `bits` is kept, unless `star`, `unread`, `fold`, `hide` or `appBits` say otherwise. So one mark of a conversation
 * can be changed without losing the others, which may be new to this package.
 *
 * @param mark `appBits` are numbers from 32 to 63, `bits` from 0n to 2n ** 64n - 1n. Throws an `InvalidArgumentError` if one is wrong.
 * @example
 * ```ts
 * formatStandardMark({ star: true, fold: true }); // "101"
 * formatStandardMark({ ...parseStandardMark("111001"), star: false }); // "111000"
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function formatStandardMark(mark: {
  readonly [Part in keyof StandardMark]?: StandardMark[Part] | undefined;
}): string {
  if (typeof mark !== "object" || mark === null) refuse("mark", "an object", kind(mark));
  const { appBits, bits: given = 0n } = mark;
  if (typeof given !== "bigint" || given !== BigInt.asUintN(standardMarkWidth, given))
    refuse(
      "bits",
      `a bigint of at most ${standardMarkWidth} bits, not below 0n`,
      typeof given === "bigint" ? "another" : kind(given),
    );

  let bits = given;
  const set = (bit: number, on: boolean): void => {
    const one = 1n << BigInt(bit);
    bits = on ? bits | one : bits & ~one;
  };
  for (const name of names) {
    const on: unknown = mark[name];
    if (on === undefined) continue;
    if (typeof on !== "boolean") refuse(name, "true or false", kind(on));
    set(standardMarkBits[name], on);
  }
  if (appBits !== undefined) {
    if (!Array.isArray(appBits)) refuse("appBits", "a list", kind(appBits));
    for (let bit: number = first; bit <= last; bit++) set(bit, false);
    appBits.forEach((bit: unknown, index) => {
      if (typeof bit !== "number" || !Number.isInteger(bit) || bit < first || bit > last)
        return refuse(`appBits[${index}]`, `an integer from ${first} to ${last}`, kind(bit));
      set(bit, true);
    });
  }
  return bits === 0n ? "" : bits.toString(2);
}

function refuse(argument: string, expected: string, found: string): never {
  throw new InvalidArgumentError(argument, expected, found);
}
