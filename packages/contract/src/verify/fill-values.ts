/** Fills in what is known only when a scenario runs, and compares responses with what was expected. */
import { isDeepStrictEqual } from "node:util";
import type { Fixtures } from "./fixtures.ts";
import type { Matcher, Value } from "./scenario.ts";

/** The state of a scenario while it runs. */
export interface Scene {
  readonly fixtures: Fixtures;
  readonly captures: ReadonlyMap<string, unknown>;
}

/** Fills in UserIDs, GroupIDs and captured values. A captured value that the response did not have is omitted. */
export function fillScene(value: Value, scene: Scene): unknown {
  if (Array.isArray(value)) return value.map((item) => fillScene(item, scene));
  if (typeof value !== "object" || value === null) return value;
  const {
    $user: user,
    at: place = 0,
    $chatGroup: chatGroup,
    $capture: name,
  } = value as Readonly<Record<string, unknown>>;
  if (user !== undefined) return scene.fixtures.users[String(user)]?.[Number(place)];
  if (chatGroup !== undefined) return scene.fixtures.chatGroups[String(chatGroup)];
  if (name !== undefined) return scene.captures.get(String(name));
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, fillScene(member, scene)] as const)
      .filter(([, member]) => member !== undefined),
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

type Test = (operand: never, value: unknown, now: number) => boolean;

const tests: Readonly<Record<string, Test>> = {
  $absentOr: (matcher: Matcher, value, now) => value === undefined || matches(matcher, value, now),
  $oneOf: (matchers: readonly Matcher[], value, now) => matchers.some((matcher) => matches(matcher, value, now)),
  $not: (matcher: Matcher, value, now) => value !== undefined && !matches(matcher, value, now),
  $length: (length: number, value) => Array.isArray(value) && value.length === length,
  $set: (matchers: readonly Matcher[], value, now) => Array.isArray(value) && matchesSet(matchers, value, now),
  $now: (seconds: number, value, now) => typeof value === "number" && Math.abs(value - now / 1000) <= seconds,
};

/** Whether a value is as expected. `now` is in milliseconds. */
export function matches(matcher: Matcher, value: unknown, now: number): boolean {
  if (Array.isArray(matcher))
    return (
      Array.isArray(value) &&
      value.length === matcher.length &&
      matcher.every((one, index) => matches(one, value[index], now))
    );
  if (typeof matcher !== "object" || matcher === null) return isDeepStrictEqual(matcher, value);
  const [[name, operand] = ["", undefined]] = Object.entries(matcher);
  const test = tests[name];
  if (test) return test(operand as never, value, now);
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(matcher).every(([key, member]) =>
      matches(member, (value as Readonly<Record<string, unknown>>)[key], now),
    )
  );
}

function matchesSet(matchers: readonly Matcher[], items: readonly unknown[], now: number): boolean {
  const left = [...items];
  return (
    matchers.length === items.length &&
    matchers.every((matcher) => {
      const index = left.findIndex((item) => matches(matcher, item, now));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    })
  );
}
