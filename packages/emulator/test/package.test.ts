import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
/** What a built module imports; examples in its comments do not count. */
const imports = (path: string): string[] =>
  [...read(path).matchAll(/^(?:import|export)\b.*?\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, name, loaded]) => name ?? loaded ?? "",
  );

/** All that a built module imports, by itself or by what it imports, but not what is behind `except`. */
function allImports(first: string, except?: string): readonly string[] {
  const seen = new Set<string>();
  const open = [first];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const name of imports(path)) {
      if (name.startsWith("./") && name !== except && !seen.has(name)) open.push(`dist/${name.slice(2)}`);
      seen.add(name);
    }
  }
  return [...seen].filter((name) => !name.startsWith("./"));
}

test("the entry of the package imports no other package, and loads what needs Node only when it listens", () => {
  expect(allImports("dist/index.js", "./listen.js")).toEqual([]);
});

test("a server loads neither SQLite nor the library for certificates", () => {
  expect(allImports("dist/listen.js").filter((name) => !/^node:(?!sqlite)/.test(name))).toEqual([]);
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

test("the Markdown files of the package link only to files of the package, and to headings that they have", () => {
  const { files } = JSON.parse(read("package.json")) as { files: readonly string[] };
  const packed = new Set(["README.md", ...files]);
  const anchors = (path: string): readonly string[] =>
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\d _-]/gu, "")
        .replaceAll(" ", "-"),
    );
  const isDead = (from: string, link: string): boolean => {
    const [path = "", anchor] = link.split("#");
    const file = path === "" ? from : path;
    return !packed.has(file) || (anchor !== undefined && !anchors(file).includes(anchor));
  };
  const dead = [...packed]
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = ""]) => [path, link] as const),
    )
    .filter(([path, link]) => isDead(path, link));
  expect(dead).toEqual([]);
});
