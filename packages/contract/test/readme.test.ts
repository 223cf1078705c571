import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder } from "@contact-groups/testing/projects";
import { installPacked, remove, runNode, type Outcome } from "./examples/packed.ts";
import { edited, firstSnippet, snippets, withMistake } from "./examples/readme.ts";
import { rules } from "../src/judge/judge.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("shows code within the first 20 lines", () => {
  expect(readme.split("\n").indexOf("```ts")).toBeLessThan(20);
});

describe("the first snippet, with the packed packages in an empty project", () => {
  let project: string;
  beforeAll(async () => {
    project = emptyFolder();
    await installPacked(project);
  });
  afterAll(() => remove(project));

  test.each([
    ["vitest", "first.test.ts", ["node_modules/vitest/vitest.mjs", "run", "first.test.ts"], /Tests +1 passed \(1\)/],
    ["node:test", "first.node.mjs", ["--test", "first.node.mjs"], /pass 1\n/],
  ] as const)("runs in %s, as the text below it says", async (runner, file, command, printed) => {
    await writeFile(join(project, file), firstSnippet[runner]);
    const { code, output } = await runNode(project, command);
    expect(output).toContain("group_0001");
    expect(output).toMatch(printed);
    expect(code).toBe(0);
  });

  test.each([
    ["vitest", "red.test.ts", ["node_modules/vitest/vitest.mjs", "run", "red.test.ts"]],
    ["node:test", "red.node.mjs", ["--test", "red.node.mjs"]],
  ] as const)("fails in %s when its call has a mistake", async (runner, file, command) => {
    await writeFile(join(project, file), withMistake(firstSnippet[runner]));
    const { code, output } = await runNode(project, command);
    expect(output).toContain("/StartIndex is required");
    expect(code).toBe(1);
  });

  // As it is written in a hurry.
  test("fails in node:test when the test starts the server and never reaches close()", async () => {
    const hooks = /^let api;.*?^afterAll[^\n]*\n/ms;
    const [moved = ""] = hooks.exec(firstSnippet["node:test"]) ?? [];
    const inTest = edited(firstSnippet["node:test"], moved, "");
    const code = edited(inTest, "async () => {", "async () => {\n  const api = await startContractServer();");
    const closing = edited(withMistake(code), "api.assertValid();", "api.assertValid();\n  await api.close();");
    await writeFile(join(project, "hurry.node.mjs"), closing);
    const ended = await runNode(project, ["--test", "hurry.node.mjs"]);
    expect(ended.output).toContain("/StartIndex is required");
    expect(ended.code).toBe(1);
  });
});

describe.each([
  [1, "0 3\ntrue 50001\n", { text: '{ error: "UserNotImported" }', by: '{ error: "UserNotImproted" }' }],
  [2, "searchContactGroup\n", { text: 'From_Account: "user_0001", ', by: "" }],
])("the README's snippet %i", (index, printed, mistake) => {
  async function run(code: string): Promise<Outcome> {
    // The package's own name resolves to its source, so the test needs no build.
    const source = new URL("../src/index.ts", import.meta.url).href;
    const client = pathToFileURL(createRequire(import.meta.url).resolve("@contact-groups/client")).href;
    const folder = await mkdtemp(join(tmpdir(), "contract-readme-"));
    try {
      const here = code.replace("@contact-groups/contract", source).replace("@contact-groups/client", client);
      await writeFile(join(folder, "snippet.mts"), here);
      return await runNode(folder, ["snippet.mts"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const snippet = snippets[index] ?? "";

  test("runs and prints what it says", async () => {
    expect(await run(snippet)).toEqual({ code: 0, output: printed });
  });

  test("fails when it has a mistake", async () => {
    expect((await run(edited(snippet, mistake.text, mistake.by))).code).toBe(1);
  });
});

test("a process ends even if its snippet does not close the server", async () => {
  const folder = await mkdtemp(join(tmpdir(), "contract-readme-"));
  try {
    const source = new URL("../src/index.ts", import.meta.url).href;
    const file = join(folder, "open.mts");
    await writeFile(
      file,
      `import { startContractServer, startReplayServer } from ${JSON.stringify(source)};
      const { url } = await startContractServer();
      const response = await fetch(url, { method: "POST", body: "{}" });
      console.log(response.status, (await fetch((await startReplayServer([])).url)).status);`,
    );
    expect(await runNode(folder, [file])).toEqual({ code: 0, output: "200 200\n" });
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
