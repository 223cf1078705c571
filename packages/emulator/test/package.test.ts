import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
/** What a built module imports; examples in its comments do not count. */
const imports = (path: string): string[] =>
  [...read(path).matchAll(/^(?:import|export)\b.*?\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, name, loaded]) => name ?? loaded ?? "",
  );

test("the entry of the package imports no other package, and loads what needs Node only when it listens", () => {
  const seen = new Set<string>();
  const open = ["dist/index.js"];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const name of imports(path)) {
      if (name.startsWith("./") && !name.endsWith("/listen.js") && !seen.has(name)) open.push(`dist/${name.slice(2)}`);
      seen.add(name);
    }
  }
  expect([...seen].filter((name) => !name.startsWith("./"))).toEqual([]);
});

test("no module and no types import an unpublished package", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const files = globSync("dist/*.{js,d.ts}", { cwd: new URL("..", import.meta.url) });
  const others = files.flatMap(imports).filter((name) => !name.startsWith("./") && !name.startsWith("node:"));
  expect(others.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  expect(files.filter((file) => read(file).includes("@contact-groups/openapi/"))).toEqual([]);
});

test("a bundler for pages omits what needs Node", () => {
  const { browser } = JSON.parse(read("package.json")) as { browser: unknown };
  expect(browser).toEqual({ "./dist/listen.js": false });
});
