/** Does what a newcomer does: an empty folder, `npm install`, `npm test`, with the README's first snippet and with the sample consumers. */
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

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [, snippet = ""] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
/** What the text below the snippet says instead of its lines. */
const said = (pattern: RegExp): string => pattern.exec(readme)?.[1] ?? "";
const [firstLine = "", secondLine = ""] = snippet.split("\n");

test.each([
  ["vitest", "first.test.ts", snippet, ["vitest", "run"], /Tests +1 passed/],
  [
    "node:test",
    "first.test.mjs",
    snippet.replace(secondLine, said(/With `node:test`, the second line is `(.*?)`/)),
    ["node", "--test"],
    /pass 1\n/,
  ],
  [
    "jest",
    "first.test.js",
    snippet.replace(secondLine, "").replace(firstLine, said(/the first one is\s`(.*?)`/)),
    ["jest"],
    /Tests: +1 passed/,
  ],
] as const)(
  "the README's first snippet runs in %s, in an empty project",
  async (runner, file, code, command, printed) => {
    const project = emptyFolder();
    onTestFinished(() => remove(project));
    const version = runners[runner];
    const devDependencies = {
      "@contact-groups/contract": `file:${tarballs["@contact-groups/contract"]}`,
      "@contact-groups/openapi": `file:${tarballs["@contact-groups/openapi"]}`,
      ...(version && { [runner]: version }),
    };
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, devDependencies }));
    writeFileSync(join(project, file), code);
    await npm(project, "install", "--no-audit", "--no-fund", "--no-package-lock");
    const { stdout, stderr } = await npm(project, "exec", "--", ...command);
    expect(stdout + stderr).toMatch(printed);
    expect(stdout + stderr).toContain("group_0001");
  },
);

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
