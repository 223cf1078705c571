import { kind } from "@contact-groups/core/arguments";
import { bitFields } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "./errors.ts";

/** A mark that the service names: star, unread, fold or hide. */
export type StandardMarkName = keyof (typeof bitFields)["StandardMark"]["bits"];

/**
 * The content of a `StandardMark` of the service.
 *
 * @example
 * ```ts
 * const { star, appBits }: StandardMark = parseStandardMark("111001");
 * ```
 */
export type StandardMark = Readonly<Record<StandardMarkName, boolean>> & {
  /** The app's own bits that are set, by number, in rising order. */
  readonly appBits: readonly number[];
  /** All bits, also those that have no name. A bigint, since a number cannot hold this many bits. */
  readonly bits: bigint;
};

/** Returns the layout of the bits. It is a function, so that a bundle that reads no marks does not contain it. */
function layout() {
  const { bits: named, appBits, width } = bitFields.StandardMark;
  return { names: Object.keys(named) as readonly StandardMarkName[], named, ...appBits, width };
}

/**
 * Reads a `StandardMark`: a text of `0` and `1` whose rightmost character is bit 0. It can have leading zeros, and be empty.
 *
 * @param text At most as many characters as there are bits.
 * @throws `InvalidArgumentError` if the text is anything else.
 * @example
 * ```ts
 * parseStandardMark("111001"); // { star: true, unread: false, fold: false, hide: true, appBits: [], bits: 57n }
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function parseStandardMark(text: string): StandardMark {
  if (typeof text !== "string" || /[^01]/.test(text))
    invalid("text", "a string of 0 and 1", typeof text === "string" ? "one with another character" : kind(text));
  const { names, named, first, last, width } = layout();
  if (text.length > width) invalid("text", `a string of at most ${width} characters`, `one of ${text.length}`);

  const bits = BigInt(`0b0${text}`);
  const has = (bit: number): boolean => ((bits >> BigInt(bit)) & 1n) === 1n;
  const marks = Object.fromEntries(names.map((name) => [name, has(named[name])]));
  const appBits = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(has);
  return { ...(marks as Record<StandardMarkName, boolean>), appBits, bits };
}

/**
 * Writes a `StandardMark` without leading zeros; no mark is the empty text.
 *
 * It keeps the bits of `bits`, unless `star`, `unread`, `fold`, `hide` or `appBits` change them. So one mark of a conversation
 * can be changed without losing the others, which this package may not know.
 *
 * @param mark `appBits` are the numbers of the app's own bits, `bits` are any that the text can hold.
 * @throws `InvalidArgumentError` if one of them is invalid.
 * @example
 * ```ts
 * formatStandardMark({ star: true, fold: true }); // "101"
 * formatStandardMark({ ...parseStandardMark("111001"), star: false }); // "111000"
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function formatStandardMark(mark: StandardMarkParts): string {
  const bits = toBits("mark", mark);
  return bits === 0n ? "" : bits.toString(2);
}

/**
 * Returns the bits that lead from one mark to another, as `markConversations` and `markItem` take them. Both lists are empty if the marks are the same.
 *
 * @param before A mark of `parseStandardMark`, or any that `formatStandardMark` accepts.
 * @param after The mark that is wanted, in the same form.
 * @throws `InvalidArgumentError` if one of them is invalid.
 * @example
 * ```ts
 * const before = parseStandardMark(conversation.StandardMark);
 * const { set, clear } = diffStandardMark(before, { ...before, star: true, appBits: [40] });
 * ```
 */
export function diffStandardMark(
  before: StandardMarkParts,
  after: StandardMarkParts,
): { readonly set: readonly number[]; readonly clear: readonly number[] } {
  const [from, to] = [toBits("before", before), toBits("after", after)];
  return { set: numbersOf(to & ~from), clear: numbersOf(from & ~to) };
}

/** The parts of a mark that is written; each can be missing. */
export type StandardMarkParts = {
  readonly [Part in keyof StandardMark]?: StandardMark[Part] | undefined;
};

function numbersOf(bits: bigint): number[] {
  return [...bits.toString(2)].toReversed().flatMap((bit, number) => (bit === "1" ? number : []));
}

function toBits(argument: string, mark: StandardMarkParts): bigint {
  if (typeof mark !== "object" || mark === null) invalid(argument, "an object", kind(mark));
  const { names, named, first, last, width } = layout();
  const { appBits, bits: given = 0n } = mark;
  if (typeof given !== "bigint" || given !== BigInt.asUintN(width, given))
    invalid(
      "bits",
      `a bigint of at most ${width} bits that is not negative`,
      typeof given === "bigint" ? "another bigint" : kind(given),
    );

  let bits = given;
  const set = (bit: number, on: boolean): void => {
    const one = 1n << BigInt(bit);
    bits = on ? bits | one : bits & ~one;
  };
  for (const name of names) {
    const on: unknown = mark[name];
    if (on === undefined) continue;
    if (typeof on !== "boolean") invalid(name, "true or false", kind(on));
    set(named[name], on);
  }
  if (appBits !== undefined) {
    if (!Array.isArray(appBits)) invalid("appBits", "an array", kind(appBits));
    for (let bit: number = first; bit <= last; bit++) set(bit, false);
    appBits.forEach((bit: unknown, index) => {
      if (typeof bit !== "number" || !Number.isInteger(bit) || bit < first || bit > last)
        return invalid(`appBits[${index}]`, `an integer from ${first} to ${last}`, kind(bit));
      set(bit, true);
    });
  }
  return bits;
}

function invalid(argument: string, expected: string, found: string): never {
  throw new InvalidArgumentError(argument, expected, found);
}
