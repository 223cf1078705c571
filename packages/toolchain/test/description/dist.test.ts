import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { bundle, root } from "./bundle.ts";

const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

test("openapi.json and openapi.yaml are the same document", () => {
  expect(bundle).toEqual(parse(read("dist/openapi.yaml")));
});

test("the root file is a table of contents of fewer than 90 lines", () => {
  expect(read("openapi.yaml").trimEnd().split("\n").length).toBeLessThan(90);
});

test.each(readdirSync(new URL("components", root)))(
  "every file of components/%s is in the bundle under its name",
  (kind) => {
    const names = readdirSync(new URL(`components/${kind}`, root)).map((file) => file.replace(".yaml", ""));
    const bundled = Object.keys(bundle.components[kind]!);
    expect(names.filter((name) => !bundled.includes(name))).toEqual([]);
  },
);

test("every document is the source of a fact", () => {
  const sources = new Set<string>();
  JSON.stringify(bundle, (key, value: unknown) => {
    if ((key === "x-source" || key === "source") && Array.isArray(value))
      for (const source of value) sources.add(source);
    return value;
  });
  const text = read("SOURCES.md");
  const unused = Object.keys(bundle["x-documents"]).filter((key) => !sources.has(key) && !text.includes(`\`${key}\``));
  expect(unused).toEqual([]);
});

test("a constant is an `enum` of one value, which more tools know than `const`", () => {
  const constants = new Set<unknown>();
  JSON.stringify(bundle.components, (_, value: unknown) => {
    const schema = Object(value) as { const?: unknown; enum?: readonly unknown[] };
    expect(schema).not.toHaveProperty("const");
    if (schema.enum?.length === 1) constants.add(schema.enum[0]);
    return value;
  });
  expect(constants.size).toBeGreaterThan(3);
});
