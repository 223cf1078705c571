import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { globSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Slip, slips } from "./slips.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const left = new Set(["node_modules", ".turbo", ".astro", ".copies", ".git", ".runtimes", "test"]);
/** `bundle` reports each slip. The other commands begin with the same check of the source, so that one slip is enough for them. */
const reports: readonly (readonly [command: string, slip: Slip])[] = [
  ...slips.map((slip) => ["bundle", slip] as const),
  ...["lint", "generate", "openapi:breaking"].map((command) => [command, slips[0]!] as const),
  ["lint", slips.find(({ translated }) => translated)!],
];

let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "commands-"));
  await cp(root, copy, {
    recursive: true,
    // A package can have a folder `.api-…` for as long as its API is compared with the reports.
    filter: (path) => !left.has(basename(path)) && !/[\\/](apps|packages)[\\/]\w+[\\/](dist|\.api-\w+)$/.test(path),
  });
  for (const folder of [
    ".",
    "openapi",
    "packages/client",
    "packages/emulator",
    "packages/contract",
    "packages/toolchain",
  ])
    await symlink(join(root, folder, "node_modules"), join(copy, folder, "node_modules"), "junction");
  // The dependencies are those of the original: an installation would write to them.
  const workspace = join(copy, "pnpm-workspace.yaml");
  const settings = await readFile(workspace, "utf8");
  await writeFile(workspace, settings.replace("verifyDepsBeforeRun: install", "verifyDepsBeforeRun: false"));
});

afterAll(() => rm(copy, { recursive: true, force: true }));

test.each(reports.map(([command, slip]) => [command, slip.name, slip] as const))(
  "`pnpm run %s` reports %s at its line, ends with an error and changes no file",
  async (command, _, { file, slip, problem }) => {
    const path = join(copy, file);
    const right = await readFile(path, "utf8");
    const before = made();
    await writeFile(path, slip(right));
    const { code, output } = await run(command);
    await writeFile(path, right);
    expect(output).toMatch(problem);
    expect(output).not.toMatch(/Cannot read|TypeError|^\s+at /m);
    expect(code).not.toBe(0);
    expect(made()).toEqual(before);
  },
);

test("`pnpm run bundle` makes the same files when the mistake is fixed", async () => {
  const before = made();
  const { code, output } = await run("bundle");
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/\d+ of \d+ texts/) });
  expect(made()).toEqual(before);
});

/** The files that the commands make. */
function made(): Record<string, string> {
  const places = ["openapi/dist/**", "packages/*/src/generated/*", "packages/emulator/*.json"];
  const paths = globSync(places, { cwd: copy }).filter((path) => statSync(join(copy, path)).isFile());
  return Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(join(copy, path), "utf8")]));
}

/** Runs a script of the root's `package.json` in the root, as the package manager does. */
async function run(name: string): Promise<{ code: number; output: string }> {
  const { scripts } = JSON.parse(await readFile(join(copy, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const { CI: _, VITEST: __, NODE_ENV: ___, ...env } = process.env;
  const child = spawn(scripts[name]!, {
    cwd: copy,
    shell: true,
    env: {
      ...env,
      PATH: [join(copy, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
      NO_COLOR: "1",
      TURBO_TELEMETRY_DISABLED: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
