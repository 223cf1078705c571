import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, packAll, remove, runNode, unpackInto } from "./examples/packed.ts";
import { rules } from "../src/judge/judge.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
const [first = ""] = snippets;

test("shows code within the first 20 lines", () => {
  expect(readme.split("\n").indexOf("```ts")).toBeLessThan(20);
});

describe("the first snippet, with the packed packages in an empty project", () => {
  let project: string;
  beforeAll(async () => {
    project = emptyFolder();
    await unpackInto(project, await packAll(project));
  });
  afterAll(() => remove(project));

  test("runs in vitest", async () => {
    await writeFile(join(project, "first.test.ts"), first);
    const { code, output } = await runNode(project, ["node_modules/vitest/vitest.mjs", "run"]);
    expect(output).toContain("group_0001");
    expect(output).toMatch(/Tests +1 passed \(1\)/);
    expect(code).toBe(0);
  });

  test("runs in node:test, with the line that the text below it says", async () => {
    const [, line = ""] = /With `node:test`, the second line is `(.*?)`/.exec(readme) ?? [];
    await writeFile(join(project, "first.node.mjs"), first.replace('import { test } from "vitest";', line));
    const { code, output } = await runNode(project, ["--test", "first.node.mjs"]);
    expect(output).toMatch(/pass 1\n/);
    expect(code).toBe(0);
  });
});

test.each([
  [1, "0 3\ntrue 50001\n"],
  [2, "searchContactGroup\n"],
])("the README's snippet %i runs and prints what it says", async (index, printed) => {
  // The package's own name stands for its source, so that the test needs no build of it.
  const source = new URL("../src/index.ts", import.meta.url).href;
  const client = pathToFileURL(createRequire(import.meta.url).resolve("@contact-groups/client")).href;
  const code = (snippets[index] ?? "")
    .replace("@contact-groups/contract", source)
    .replace("@contact-groups/client", client);
  const folder = await mkdtemp(join(tmpdir(), "contract-readme-"));
  try {
    const file = join(folder, "snippet.mts");
    await writeFile(file, code);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
    expect(stderr).toBe("");
    expect(stdout).toBe(printed);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("has no other snippets", () => {
  expect(snippets).toHaveLength(3);
});

test("has a row for each rule", () => {
  const [, table = ""] = /\| rule [^\n]*\n\|[-| ]*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  expect([...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, rule]) => rule).toSorted()).toEqual(
    Object.keys(rules).toSorted(),
  );
});
