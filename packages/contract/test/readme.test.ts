import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

test("shows code within the first 20 lines", () => {
  expect(readme.split("\n").indexOf("```ts")).toBeLessThan(20);
});

test.each([
  [0, "[\n  { GroupName: 'group_0001', GroupId: 1 },\n  { GroupName: 'group_0002', GroupId: 2 }\n]\n"],
  [1, /^\d+ \S.*\n$/],
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
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { timeout: 20_000 });
    expect(stderr).toBe("");
    if (typeof printed === "string") expect(stdout).toBe(printed);
    else expect(stdout).toMatch(printed);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("has no other snippets", () => {
  expect(snippets).toHaveLength(2);
});
