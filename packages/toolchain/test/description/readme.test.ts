import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keywords } from "../../rules/keywords.ts";
import { bundle, root } from "./bundle.ts";

const readme = readFileSync(new URL("README.md", root), "utf8");

test("the first code of the README runs and shows the operations", () => {
  const code = /```js\n(.*?)```/s.exec(readme)![1]!;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
    encoding: "utf8",
  });
  for (const [path, { post }] of Object.entries(bundle.paths))
    expect(output).toContain(`${post.operationId} ${path}\n`);
  expect(output.trimEnd().split("\n").at(-1)).toMatch(/^51011 [A-Z]\w+ ./);
});

test("the README has code by line 20", () => {
  expect(readme.split("\n").indexOf("```js")).toBeLessThan(20);
});

test("the README lists each extension keyword", () => {
  const listed = [...readme.matchAll(/^\| `(x-[\w-]+)` +\|/gm)].map((match) => match[1]);
  const declared = new Set(Object.values(keywords).flatMap((byType) => Object.keys(byType)));
  expect(listed.toSorted()).toEqual([...declared].toSorted());
});
