import { expect, test } from "vitest";
import plugin from "../rules/plugin.ts";
import { readdirSync, readFileSync } from "node:fs";
import { lintEdited } from "./lint-edited.ts";

test("the source passes the linter", async () => {
  expect(await lintEdited("source")).toEqual([]);
});

test("the bundle passes the linter", async () => {
  expect(await lintEdited("bundle")).toEqual([]);
});

test("every rule has tests under its id", () => {
  const folder = new URL("rules/", import.meta.url);
  const tests = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
  const tested = tests.flatMap((text) => [...text.matchAll(/^describe\("([\w-]+)"/gm)].map(([, rule]) => rule!));
  expect(tested.toSorted()).toEqual(Object.keys(plugin().rules.oas3).toSorted());
});
