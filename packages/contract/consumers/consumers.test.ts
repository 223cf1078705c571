/** Does what a newcomer does: an empty folder, `npm install`, `npm test`, with the README's first snippet and with the sample consumers. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { emptyFolder } from "@contact-groups/testing/projects";
import { copyExample, type Outcome, packAll, remove, root, runNode } from "../test/examples/packed.ts";
import { firstTests, withMistake, withWrongAssertion } from "../test/examples/readme.ts";
import { makeMistake, redVariants } from "../test/examples/red-variants.ts";
import { binaryOf, installNpmVersions, nodes, npmOf, npmVersions } from "./npm-versions.ts";

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
  await installNpmVersions();
});
afterAll(() => remove(folder));

/** Creates an empty project with this package, and those that are named, in its package.json. */
function emptyProject(more: Readonly<Record<string, string | undefined>> = {}): string {
  const project = emptyFolder();
  onTestFinished(() => remove(project));
  const devDependencies = {
    "@contact-groups/contract": `file:${tarballs["@contact-groups/contract"]}`,
    ...more,
  };
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, devDependencies }));
  return project;
}

const run = (project: string, program: string, ...args: readonly string[]) =>
  promisify(execFile)(program, args, { cwd: project, env: { ...process.env, CI: "true", NO_COLOR: "1" } });

test.each(Object.entries(npmVersions))(
  "the npm of %s, %s, installs it, alone and as the README says",
  async (node, version) => {
    const npmOfNode = (project: string, ...args: readonly string[]) =>
      run(project, binaryOf(node), npmOf(node), ...args);
    const packed = tarballs["@contact-groups/contract"] ?? "";
    for (const more of [[], [`vitest@${runners["vitest"]}`]]) {
      const project = emptyFolder();
      onTestFinished(() => remove(project));
      writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
      expect((await npmOfNode(project, "--version")).stdout.trim()).toBe(version);
      await npmOfNode(project, "install", "--save-dev", packed, ...more, "--no-audit", "--no-fund");
      expect(existsSync(join(project, "node_modules/@contact-groups/contract/package.json"))).toBe(true);
    }
  },
);

test("no package that comes along has an install script", async () => {
  const project = emptyProject();
  await npm(project, "install", "--no-audit", "--no-fund");
  const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly hasInstallScript?: true }>>;
  };
  const packages = Object.entries(lock.packages).filter(([name]) => name !== "");
  expect(packages.length).toBeGreaterThan(2);
  expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name)).toEqual([]);
});

test("each Node.js runs the library and the command line", async () => {
  const project = emptyProject();
  await npm(project, "install", "--no-audit", "--no-fund");
  for (const file of ["careless-contacts.js", "find-the-bugs.js"])
    cpSync(join(root, "examples/careless", file), join(project, file.replace(/js$/, "mjs")));
  const program = readFileSync(join(project, "find-the-bugs.mjs"), "utf8");
  writeFileSync(
    join(project, "find-the-bugs.mjs"),
    program.replace("./careless-contacts.js", "./careless-contacts.mjs"),
  );
  const found = readFileSync(join(root, "examples/careless/found.txt"), "utf8");
  for (const node of nodes) {
    expect((await run(project, binaryOf(node), "find-the-bugs.mjs")).stdout).toBe(found);
    const cli = "node_modules/@contact-groups/contract/bin/contract.cjs";
    expect((await run(project, binaryOf(node), cli, "verify", "--help")).stdout).toContain("--allow-skipped");
  }
});

/** Whether the current vitest supports this version, as the README says. */
const runsVitest = (node: string): boolean => !/^node-20\b/.test(node);

test.each(Object.entries(firstTests))(
  "the README's first test of %s passes in each Node.js, and fails and ends with a mistake",
  async (title, { packages, file, code, command }) => {
    const others = packages.filter((name) => name !== "@contact-groups/contract");
    const project = emptyProject(Object.fromEntries(others.map((name) => [name, runners[name]])));
    await npm(project, "install", "--no-audit", "--no-fund", "--no-package-lock");
    for (const node of title === "Begin" ? nodes.filter(runsVitest) : nodes) {
      const runChanged = (changed: string): Promise<Outcome> => {
        writeFileSync(join(project, file), changed);
        return runCommand(project, node, command);
      };
      expect({ node, ...(await runChanged(code)) }).toMatchObject({ node, code: 0 });
      // One that hangs exceeds the time limit of this test.
      const output: unknown = expect.stringContaining("/StartIndex is required");
      expect({ node, ...(await runChanged(withMistake(code))) }).toMatchObject({ node, code: 1, output });
      expect({ node, ...(await runChanged(withWrongAssertion(code))) }).toMatchObject({ node, code: 1 });
    }
  },
);

test.each([
  ["vitest", "test", /Tests +3 passed/],
  ["jest", "test", /Tests: +3 passed/],
  ["node-test", "test", /pass 3/],
  ["careless", "start", /createsAgainWithoutLooking\n {2}retry-advice/],
])("npm install and npm run work for %s", async (name, script, printed) => {
  const { stdout, stderr } = await npm(await installed(name), "run", script);
  expect(stdout + stderr).toMatch(printed);
});

// Those of the other runners are in test/examples.
test.each(redVariants.filter(({ consumer }) => consumer === "jest"))(
  "the consumer with $consumer fails when its $mistake",
  async (variant) => {
    const project = await installed(variant.consumer);
    makeMistake(project, variant);
    const { code, output } = await runNode(project, ["node_modules/jest/bin/jest.js"], { CI: "true" });
    expect(code).toBe(1);
    expect(output).toMatch(variant.printed);
  },
);

/** Runs a command of the README as a shell does in which this version of Node.js comes first. */
async function runCommand(project: string, node: string, [program = "", ...args]: readonly string[]): Promise<Outcome> {
  const path = `${dirname(binaryOf(node))}${delimiter}${process.env["PATH"]}`;
  // Python takes a file that was changed within the same second, to the same size, for the one that it compiled.
  const env = { ...process.env, PATH: path, CI: "true", NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1" };
  const { code, stdout, stderr } = await promisify(execFile)(program, args, { cwd: project, env }).then(
    (ended) => ({ code: 0, ...ended }),
    (failed: { readonly code: number; readonly stdout: string; readonly stderr: string }) => failed,
  );
  return { code, output: stdout + stderr };
}

/** A sample consumer, installed by npm. */
async function installed(name: string): Promise<string> {
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
  const pinned = { dependencies: pin(manifest.dependencies), devDependencies: pin(manifest.devDependencies) };
  writeFileSync(file, JSON.stringify({ ...manifest, ...pinned }));
  await npm(project, "install", "--no-audit", "--no-fund", "--no-package-lock");
  return project;
}
