import { expect, test } from "vitest";
import { didYouMean } from "../src/did-you-mean.ts";

const known = ["From_Account", "ContactItem", "Type"];

test.each([
  ["from_account", "From_Account"],
  ["FromAccount", "From_Account"],
  ["From_Acount", "From_Account"],
  ["ContactItems", "ContactItem"],
  ["Typ", "Type"],
  ["Kind", undefined],
  ["To_Account", undefined],
  ["", undefined],
])("suggests for %j the name %j", (name, meant) => {
  expect(didYouMean(name, known)).toBe(meant);
});

test("suggests nothing where there are no names", () => {
  expect(didYouMean("Type", [])).toBeUndefined();
});
