/** Runs each snippet of the client's README unchanged, from the packed package, and compares what it prints with what the README says. */
import { execFile } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startContractServer } from "@contact-groups/contract";
import { packClient, root, type Packed } from "./packed.ts";
import { createReadmeProject, environment, readme, redisSnippets, snippets } from "./readme-project.ts";

const run = promisify(execFile);

let packed: Packed;
let project: string;
let server: Awaited<ReturnType<typeof startContractServer>>;
beforeAll(async () => {
  server = await startContractServer();
  packed = await packClient();
  project = await createReadmeProject(packed.tarball, server.url);
});
afterAll(async () => {
  packed.remove();
  rmSync(project, { recursive: true, force: true });
  await server.close();
});

test("the README shows code within the first 20 lines", () => {
  expect(readme.split("\n").indexOf("```ts")).toBeLessThan(20);
});

test.each(snippets)("$name of the README runs and prints what it says", async ({ name, printed }) => {
  const env = { ...process.env, ...environment };
  const { stdout, stderr } = await run(process.execPath, [name], { cwd: project, env });
  expect(stderr).toBe("");
  expect(stdout).not.toBe("");
  if (printed !== undefined) expect(stdout).toBe(printed);
});

test("the line before the first snippet installs what it imports", () => {
  const [, line = "", code = ""] = /^```sh\n(npm install .*?)\n```\n.*?^```ts\n(.*?)^```/ms.exec(readme) ?? [];
  const imported = [...code.matchAll(/ from "([^"]+)"/g)].map(([, name]) => name);
  expect(imported.length).toBeGreaterThan(0);
  expect(line.split(" ").slice(2)).toEqual(imported);
});

test("the first snippet needs nothing of the environment, and is JavaScript as well", async () => {
  copyFileSync(join(project, "snippet-0.mts"), join(project, "first.mjs"));
  const { stdout } = await run(process.execPath, ["first.mjs"], { cwd: project, env: {} });
  expect(stdout).toBe(snippets[0]?.printed);
});

test("all snippets compile under strict settings", async () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
  const names = [...snippets, ...redisSnippets].map(({ name }) => name);
  const { stdout } = await run(process.execPath, [tsc, ...options, ...names], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});
