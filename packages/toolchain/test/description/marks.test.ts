import { expect, test } from "vitest";
import { bundle } from "./bundle.ts";

interface Mark {
  readonly description: string;
  readonly maxLength: number;
  readonly "x-bits": Readonly<Record<string, number>>;
  readonly "x-appBits": { readonly first: number; readonly last: number };
}

const { StandardMark } = bundle.components.schemas as unknown as { readonly StandardMark: Mark };
const { description, maxLength, "x-bits": bits, "x-appBits": appBits } = StandardMark;

test("each bit of the standard mark has one meaning, and fits in", () => {
  const numbers = Object.values(bits);
  expect(numbers).toEqual([...new Set(numbers)]);
  expect(numbers.filter((bit) => bit < 0 || bit >= appBits.first)).toEqual([]);
  expect(appBits.last).toBe(maxLength - 1);
});

test("the text of the standard mark has the same bits", () => {
  for (const [name, bit] of Object.entries(bits)) expect(description).toMatch(new RegExp(`\\b${bit} (is )?${name}\\b`));
  expect(description).toContain(`bits ${appBits.first} to ${appBits.last} are the app's own`);
});
