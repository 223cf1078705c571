import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder } from "@contact-groups/testing/projects";
import { installPacked, remove, runNode, type Outcome } from "./examples/packed.ts";
import { edited, firstTests, snippets, withMistake, withWrongAssertion } from "./examples/readme.ts";
import { rules } from "../src/judge/judge.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("shows code within the first 20 lines", () => {
  expect(readme.split("\n").indexOf("```js")).toBeLessThan(20);
});

const hasPython = spawnSync("python3", ["--version"], { stdio: "ignore" }).status === 0;
const contract = "node_modules/@contact-groups/contract/bin/contract.cjs";

/** Arguments of Node.js that do what the README's command does, without npx. */
const commands: Readonly<Record<string, readonly string[]>> = {
  Begin: ["node_modules/vitest/vitest.mjs", "run", "first.test.mjs"],
  "node:test": ["--test", "first.test.mjs"],
  ...(hasPython && { Python: [contract, ...firstTests.Python.command.slice(3)] }),
};

describe.each(Object.entries(commands))(
  "the first test of %s, with the packed package in an empty folder",
  (title, command) => {
    const { file, code } = firstTests[title as keyof typeof firstTests];
    let project: string;
    beforeAll(async () => {
      project = emptyFolder();
      await installPacked(project);
    });
    afterAll(() => remove(project));
    const run = async (changed: string): Promise<Outcome> => {
      await writeFile(join(project, file), changed);
      return await runNode(project, command);
    };

    test("passes", async () => {
      const { code: exitCode, output } = await run(code);
      expect(output).toMatch(/Tests +1 passed|pass 1\n|^OK$/m);
      expect(exitCode).toBe(0);
    });

    test("fails with the reason, and ends, when its call has a mistake", async () => {
      const { code: exitCode, output } = await run(withMistake(code));
      expect(output).toContain("/StartIndex is required");
      expect(exitCode).toBe(1);
    });

    test("fails, and ends, when its assertion throws", async () => {
      const { code: exitCode, output } = await run(withWrongAssertion(code));
      expect(output).toMatch(/2 (?:!=|!==) 3|length of 3 but got 2/);
      expect(exitCode).toBe(1);
    });
  },
);

test("the first tests call the API in the same way", () => {
  const [vitest, ...others] = [firstTests.Begin, firstTests["node:test"], firstTests.jest].map(
    ({ code }) => /^async function .*?^}$/ms.exec(code)?.[0],
  );
  expect(vitest).toContain("fetch(");
  expect(others).toEqual([vitest, vitest]);
});

// As it is written in a hurry.
test("a first test of node:test that starts the server and never reaches close() fails, and ends", async () => {
  const { code } = firstTests["node:test"];
  const hooks = /^let api;.*?^after\([^\n]*\n/ms.exec(code)?.[0] ?? "";
  const inTest = edited(
    edited(code, hooks, ""),
    "async () => {",
    "async () => {\n  const api = await startContractServer();",
  );
  const closing = edited(withMistake(inTest), "items.length, 2);", "items.length, 2);\n  await api.close();");
  const project = emptyFolder();
  try {
    await installPacked(project);
    await writeFile(join(project, "hurry.test.mjs"), closing);
    const { code: exitCode, output } = await runNode(project, ["--test", "hurry.test.mjs"]);
    expect(output).toContain("/StartIndex is required");
    expect(exitCode).toBe(1);
  } finally {
    remove(project);
  }
});

describe.each([
  [0, "3 3\ntrue 50001\n", { text: 'From_Account: "user_0009" } } }', by: 'FromAccount: "user_0009" } } }' }],
  [1, "searchContactGroup\n", { text: 'From_Account: "user_0001", ', by: "" }],
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
      `import { startContractServer } from ${JSON.stringify(source)};
      const { url } = await startContractServer();
      const response = await fetch(url, { method: "POST", body: "{}" });
      console.log(response.status);`,
    );
    expect(await runNode(folder, [file])).toEqual({ code: 0, output: "200\n" });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("has no other snippets", () => {
  expect(snippets).toHaveLength(2);
});

test("has a row for each rule", () => {
  const [, table = ""] = /\| rule [^\n]*\n\|[-| ]*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  expect([...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, rule]) => rule).toSorted()).toEqual(
    Object.keys(rules).toSorted(),
  );
});
