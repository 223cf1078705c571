/** The packed types under each compiler, as strict as a consumer's settings can be: the README's examples and a program in each format. */
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import pins from "@contact-groups/testing/runtimes.json" with { type: "json" };
import { root } from "../packed.ts";
import { createReadmeProject, redisSnippets, snippets } from "../readme-project.ts";
import { installed } from "./install.ts";
import { commonJsProgram, moduleProgram } from "./typed-program.ts";

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  // A consumer that is a library itself writes declarations.
  declaration: true,
  emitDeclarationOnly: true,
  outDir: "out",
  target: "es2022",
};
const examples = [...snippets, ...redisSnippets].map(({ name }) => name);
/** node10 knows nothing of "exports", and the emulator has nothing else. */
const ofNode10 = snippets.filter(({ code }) => !code.includes("/emulator")).map(({ name }) => name);

const compilers = Object.keys(pins.dependencies).filter((name) => name.startsWith("typescript-"));
const cases = compilers.flatMap((compiler) => {
  // The types of Node.js 26 themselves need TypeScript 5.6.
  const newest = typesOfNode(/5\.[45]$/.test(compiler) ? "24" : "26");
  const browser = { lib: ["es2022", "dom"], types: [] };
  const bundler = { module: "esnext", moduleResolution: "bundler" };
  const older = { module: "es2022", moduleResolution: "node10" };
  const projects = [
    ["nodenext", { module: "nodenext", ...newest }, ["program.mts", "program.cts", ...examples]],
    [
      "node16 and the types of Node.js 20",
      { module: "node16", ...typesOfNode("20") },
      ["program.mts", "program.cts", ...examples],
    ],
    ["bundler resolution", { ...bundler, ...newest }, ["program.mts", ...examples]],
    ["bundler resolution and the types of browsers", { ...bundler, ...browser }, ["program.mts"]],
    ["node10 resolution", { ...older, ...newest }, ["program.ts", ...ofNode10]],
    [
      "node10 resolution, CommonJS and the types of browsers",
      { ...older, module: "commonjs", ...browser },
      ["required.ts"],
    ],
  ] as const;
  // TypeScript 6 advises against node10, and 7 lacks it.
  const supported = projects.filter(([name]) => !name.startsWith("node10") || compiler.startsWith("typescript-5"));
  return supported.map(([name, options, files]) => ({ compiler, name, options, files }));
});

let project: string;
beforeAll(async () => {
  project = await createReadmeProject(inject("tarball"), inject("baseUrl"));
  // The types of a Node.js are where the settings say, and no others are found.
  unlinkSync(join(project, "node_modules/@types/node"));
  const types = {
    20: installed("types-node-20"),
    24: join(root, "node_modules/@types/node"),
    26: installed("types-node-26"),
  };
  for (const [version, folder] of Object.entries(types)) {
    mkdirSync(join(project, `types-${version}`));
    symlinkSync(folder, join(project, `types-${version}/node`), "junction");
  }
  for (const file of ["program.mts", "program.ts"]) writeFileSync(join(project, file), moduleProgram);
  for (const file of ["program.cts", "required.ts"]) writeFileSync(join(project, file), commonJsProgram);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test.each(cases)("$compiler compiles with $name", async ({ compiler, options, files }) => {
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  const tsc = installed(compiler, "bin", "tsc");
  const outcome = await promisify(execFile)(process.execPath, [tsc, "-p", "."], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  expect(outcome.stdout).toBe("");
});

function typesOfNode(version: string): object {
  return { lib: ["es2022"], types: ["node"], typeRoots: [`types-${version}`] };
}
