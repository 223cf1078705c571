/** Runs each example of the client's README as it stands in each runtime, from the packed package, and compares what it prints. */
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createReadmeProject, environment, snippets } from "../readme-project.ts";
import { bun, deno, nodes, print, printInWorkerd } from "./executables.ts";

let project: string;
beforeAll(async () => {
  project = await createReadmeProject(inject("tarball"), inject("baseUrl"));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const cases = [...nodes, bun, deno].flatMap((executable) => snippets.map((snippet) => ({ executable, ...snippet })));

test.each(cases)("$executable.runtime runs $name of the README", async ({ executable, name, printed }) => {
  let program = name;
  if (executable.runtime === "node-20") {
    // It does not read TypeScript.
    program = `${name}.mjs`;
    writeFileSync(join(project, program), stripTypeScriptTypes(readFileSync(join(project, name), "utf8")));
  }
  const text = await print(executable, [program], project, environment);
  const shown = executable.runtime.startsWith("node-") ? asIs : withoutLayout;
  expect(text).not.toBe("");
  expect(shown(text)).toBe(shown(printed ?? text));
});

test("Deno checks the types of all examples", async () => {
  const args = ["check", "--no-remote", "--node-modules-dir=manual", ...snippets.map(({ name }) => name)];
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  const { stderr } = await promisify(execFile)(deno.file, args, { cwd: project, env });
  expect(stderr.split("\n").filter((line) => line.startsWith("Check "))).toHaveLength(snippets.length);
});

/** A worker has neither the environment of a process nor the transport of Node.js. */
const portable = snippets.filter(({ code }) => !/\bprocess\.env\b|\/node"/.test(code));

test("all examples but those that read the environment run in workerd", () => {
  expect(portable.length).toBeGreaterThan(snippets.length / 2);
});

test.each(portable)("workerd runs $name of the README, without the modules of Node.js", async ({ name, printed }) => {
  // A worker may only send requests in a handler.
  const code = readFileSync(join(project, name), "utf8");
  const imports = /^import\b[^;]*;\n/gm;
  const statements = code.replaceAll(imports, "");
  const worker = `${(code.match(imports) ?? []).join("")}export default { async test() {\n${statements}} };\n`;
  writeFileSync(join(project, `worker-${name}`), worker);
  const text = await printInWorkerd(`worker-${name}`, project);
  expect(text).not.toBe("");
  expect(withoutLayout(text)).toBe(withoutLayout(printed ?? text));
});

function asIs(text: string): string {
  return text;
}

/** The README shows objects as Node.js does. Other runtimes differ in quotes and line breaks. */
function withoutLayout(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/,?\s+/g, " ");
}
