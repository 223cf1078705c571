import { expect, test } from "vitest";
import plugin from "../rules/plugin.ts";
import { readdirSync } from "node:fs";
import { lintEdited } from "./lint-edited.ts";

test("the source has no problem", async () => {
  expect(await lintEdited("source")).toEqual([]);
});

test("the bundle has no problem", async () => {
  expect(await lintEdited("bundle")).toEqual([]);
});

test("every rule has a test that breaks it", () => {
  const tested = readdirSync(new URL("rules", import.meta.url)).map((file) => file.replace(".test.ts", ""));
  expect(tested.toSorted()).toEqual(Object.keys(plugin().rules.oas3).toSorted());
});
