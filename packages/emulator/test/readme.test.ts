import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test, vi } from "vitest";
import * as client from "@contact-groups/client";
import * as emulator from "../src/index.ts";

const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...text.matchAll(/<!-- run -->\n\n```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");
const modules: Readonly<Record<string, object>> = {
  "@contact-groups/client": client,
  "@contact-groups/emulator": emulator,
};

test("the first snippet of the README begins by line 20", () => {
  expect(text.split("\n").indexOf("```ts")).toBeLessThan(20);
});

test("the contents of the README link to each section once", () => {
  const sections = text.split(/^## /m).slice(1);
  const [contents = "", ...others] = sections;
  const linked = [...contents.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
  const anchors = others.map((section) => section.split("\n", 1)[0]!.toLowerCase().replaceAll(" ", "-"));
  expect(linked.toSorted()).toEqual(anchors.toSorted());
});

test.each(snippets)("a snippet of the README runs (%#)", async (snippet) => {
  const log = vi.spyOn(console, "log").mockReturnValue(undefined);
  const code = stripTypeScriptTypes(snippet).replaceAll(/import (\{.*\}) from ("[^"]+");/g, "const $1 = modules[$2];");
  await (Function("modules", `return (async () => {${code}})();`) as (given: object) => Promise<void>)(modules);
  const printed = JSON.stringify(log.mock.calls);
  log.mockRestore();
  expect(printed).toContain("user_0002");
  expect(printed).toContain("family");
});
