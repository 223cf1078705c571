/** Compares responses with what a scenario expects. */
import { isObject } from "@contact-groups/core/json";
import { isDeepStrictEqual } from "node:util";
import { pointerTo } from "../json-pointer.ts";

/** A difference between a response and what was expected. */
export interface Mismatch {
  /** As `Failure` has it. */
  readonly rule: string;
  /** JSON pointer into the response; empty for the whole. */
  readonly pointer: string;
  readonly expected: string;
  readonly got: string;
}

/** Writes a value for a report. */
type Say = (value: unknown) => string;

/** An expected value that is not known exactly. `time` is in milliseconds since 1970. */
export class Matcher {
  readonly test: (value: unknown, time: number) => boolean;
  readonly say: (say: Say) => string;

  constructor(test: Matcher["test"], say: Matcher["say"]) {
    this.test = test;
    this.say = say;
  }

  /** Returns how a report shows it inside an object or a list. */
  toJSON(): string {
    return this.say(show);
  }
}

/** An expected value: of an object, some members; of a list, each item. A member that is undefined is not compared. */
export type Expected<Value> =
  | Matcher
  | (Value extends readonly (infer Item)[]
      ? readonly Expected<Item>[]
      : Value extends object
        ? { readonly [Name in keyof Value]?: Expected<Value[Name]> | undefined }
        : Value);

/** Matches a missing value. */
export const absent: Matcher = new Matcher(
  (value) => value === undefined,
  () => "nothing",
);

/** Matches a missing value, and what is expected. */
export function absentOr(expected: unknown): Matcher {
  return new Matcher(
    (value, time) => value === undefined || matches(expected, value, time),
    (say) => `nothing or ${sayExpected(expected, say)}`,
  );
}

/** Matches the text of a standard mark, which may begin with zeros. */
export function bits(text: string): Matcher {
  return new Matcher(
    (value) => typeof value === "string" && value.replace(/^0+/, "") === text,
    (say) => say(text),
  );
}

/** Matches any of these. */
export function oneOf(...expected: readonly unknown[]): Matcher {
  return new Matcher(
    (value, time) => expected.some((one) => matches(one, value, time)),
    (say) => expected.map((one) => sayExpected(one, say)).join(" or "),
  );
}

/** Matches any value but this one, and not a missing value. */
export function not(expected: unknown): Matcher {
  return new Matcher(
    (value, time) => value !== undefined && !matches(expected, value, time),
    (say) => `a value other than ${sayExpected(expected, say)}`,
  );
}

/** Matches a list of this length. */
export function lengthOf(length: number): Matcher {
  return new Matcher(
    (value) => Array.isArray(value) && value.length === length,
    () => `a list of length ${length}`,
  );
}

/** Matches a list that has one item for each of these, in any order. */
export function anyOrder(expected: readonly unknown[]): Matcher {
  return new Matcher(
    (value, time) => Array.isArray(value) && matchesInAnyOrder(expected, value, time),
    (say) => `${sayExpected(expected, say)}, in any order`,
  );
}

/** Matches Unix seconds that are at most this many from now. */
export function now(seconds: number): Matcher {
  return new Matcher(
    (value, time) => typeof value === "number" && Math.abs(value - time / 1000) <= seconds,
    () => `Unix seconds, at most ${seconds} s from now`,
  );
}

/** Whether a value is as expected. `time` is in milliseconds. */
export function matches(expected: unknown, value: unknown, time: number): boolean {
  return differences(expected, value, time).length === 0;
}

/** Returns the differences, each at the innermost place that has it. */
export function differences(expected: unknown, value: unknown, time: number, pointer = ""): Mismatch[] {
  const inside = (name: string | number, item: unknown, member: unknown): Mismatch[] =>
    differences(item, member, time, pointer + pointerTo([name]));
  if (expected instanceof Matcher) {
    if (expected.test(value, time)) return [];
  } else if (Array.isArray(expected)) {
    if (Array.isArray(value) && value.length === expected.length)
      return expected.flatMap((item, index) => inside(index, item, value[index]));
  } else if (isObject(expected)) {
    if (isObject(value))
      return Object.entries(expected).flatMap(([name, member]) =>
        member === undefined ? [] : inside(name, member, value[name]),
      );
  } else if (isDeepStrictEqual(expected, value)) return [];
  return [{ rule: "value", pointer, expected: sayExpected(expected), got: show(value) }];
}

function matchesInAnyOrder(expected: readonly unknown[], items: readonly unknown[], time: number): boolean {
  const left = [...items];
  return (
    expected.length === items.length &&
    expected.every((one) => {
      const index = left.findIndex((item) => matches(one, item, time));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    })
  );
}

/** Returns the value at a JSON pointer; undefined when there is none. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (node, token) =>
        typeof node === "object" && node !== null && Object.hasOwn(node, token)
          ? (node as Readonly<Record<string, unknown>>)[token]
          : undefined,
      value,
    );
}

/** Returns an expected value as a report shows it: matchers in words. */
export function sayExpected(expected: unknown, say: Say = show): string {
  return expected instanceof Matcher ? expected.say(say) : say(expected);
}

const longest = 300;

/** Returns a value as a report shows it: JSON, so that a text is not mistaken for a number. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
