/** The packed types under each compiler, as strict as a consumer's settings can be. */
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { emptyFolder, install, link } from "@contact-groups/testing/projects";
import { root } from "../packed.ts";
import { installed } from "./install.ts";
import { typedProgram } from "./typed-program.ts";

const compilers = ["typescript-5", "typescript-6", "typescript-7"] as const;
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: false,
  isolatedModules: true,
  skipLibCheck: false,
  noEmit: true,
};
const resolutions = {
  // Covers both formats: a .mts file imports the package, a .cts file requires it.
  nodenext: { module: "nodenext", target: "es2022" },
  node10: { module: "commonjs", moduleResolution: "node10", target: "es2022" },
  bundler: { module: "preserve", moduleResolution: "bundler", target: "es2022" },
};
const environments = {
  "the types of browsers": { lib: ["es2022", "dom"], types: [] },
  "the types of Node.js": { lib: ["es2022"], types: ["node"] },
};

let project: string;
beforeAll(async () => {
  project = emptyFolder();
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  await install(project, inject("tarball"));
  link(project, "@types/node", root);
  link(project, "@opentelemetry/api", root);
  for (const file of ["program.mts", "program.cts", "program.ts"]) writeFileSync(join(project, file), typedProgram);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const cases = [
  // The older resolution, which TypeScript 6 advises against and 7 lacks: it knows nothing of "exports".
  ...Object.keys(environments).map((environment) => ["typescript-5", "node10", environment] as const),
  ...compilers.flatMap((compiler) =>
    ["nodenext", "bundler"].flatMap((resolution) =>
      Object.keys(environments).map((environment) => [compiler, resolution, environment] as const),
    ),
  ),
];

test.each(cases)("%s compiles a program with %s resolution and %s", async (compiler, resolution, environment) => {
  const file = `tsconfig.${compiler}.${resolution}.${environment.length}.json`;
  const compilerOptions = {
    ...strict,
    ...resolutions[resolution as keyof typeof resolutions],
    ...environments[environment as keyof typeof environments],
  };
  const files = resolution === "nodenext" ? ["program.mts", "program.cts"] : ["program.ts"];
  writeFileSync(join(project, file), JSON.stringify({ compilerOptions, files }));
  const tsc = installed(compiler, "bin", "tsc");
  const outcome = await promisify(execFile)(process.execPath, [tsc, "-p", file], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  expect(outcome.stdout).toBe("");
});
