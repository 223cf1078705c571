/** Does what a newcomer does: an empty folder, `npm install`, `npm test`. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { copyExample, emptyFolder, packAll, remove } from "../test/examples/packed.ts";

/** Runners as the registry has them. The others come with Node.js or are in the tarballs. */
const runners: Readonly<Record<string, string>> = { jest: "30.5.2", vitest: "5.1.1" };

const npm = (project: string, ...args: readonly string[]) =>
  promisify(execFile)("npm", args, {
    cwd: project,
    env: { ...process.env, CI: "true", NO_COLOR: "1" },
    maxBuffer: 2 ** 26,
  });

let folder: string;
let tarballs: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = emptyFolder();
  tarballs = await packAll(folder);
});
afterAll(() => remove(folder));

test.each([
  ["vitest", "test", /Tests +3 passed/],
  ["jest", "test", /Tests: +3 passed/],
  ["node-test", "test", /pass 3/],
  ["careless", "start", /createsAgainWithoutLooking\n {2}retry-advice/],
])("npm install and npm run work for %s", async (name, script, printed) => {
  const project = copyExample(name);
  onTestFinished(() => remove(project));
  const file = join(project, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  const pin = (dependencies: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.keys(dependencies).map((dependency) => [
        dependency,
        tarballs[dependency] ? `file:${tarballs[dependency]}` : runners[dependency],
      ]),
    );
  const devDependencies = pin({ ...manifest.devDependencies, "@contact-groups/openapi": "*" });
  writeFileSync(file, JSON.stringify({ ...manifest, dependencies: pin(manifest.dependencies), devDependencies }));
  await npm(project, "install", "--no-audit", "--no-fund", "--no-package-lock");
  const { stdout, stderr } = await npm(project, "run", script);
  expect(stdout + stderr).toMatch(printed);
});
