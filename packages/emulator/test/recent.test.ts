import { expect, test } from "vitest";
import { createRecent } from "../src/user-sig.ts";

test("keeps the entries that were used last", () => {
  const recent = createRecent<number>(3);
  for (const [index, key] of ["a", "b", "c"].entries()) recent.set(key, index);
  recent.get("a");
  recent.set("d", 3);
  expect(["a", "b", "c", "d"].map((key) => recent.get(key))).toEqual([0, undefined, 2, 3]);
});
