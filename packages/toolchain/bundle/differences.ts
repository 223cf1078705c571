import { escape } from "./human-texts.ts";

/** JSON pointers to the values in which two documents differ. The order of keys is no difference. */
export function differences(one: unknown, other: unknown, pointer = ""): string[] {
  if (one === other) return [];
  if (!isNode(one) || !isNode(other) || Array.isArray(one) !== Array.isArray(other)) return [pointer];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], `${pointer}/${escape(key)}`));
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
