/** The packages as they are published, and projects that use them. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { emptyFolder, packBuilt } from "@contact-groups/testing/projects";

const run = promisify(execFile);
/** Folder of this package. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Packages that the sample consumers install. */
const names = ["@contact-groups/client", "@contact-groups/contract"];

/** Packs the packages. Returns the tarballs by the packages' names. */
export async function packAll(destination: string): Promise<Readonly<Record<string, string>>> {
  const packing = names.map(async (name) => {
    const folder = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
    return [name, await packBuilt(folder, destination)] as const;
  });
  return Object.fromEntries(await Promise.all(packing));
}

/** Copies a sample consumer into its own folder. */
export function copyExample(name: string, modules?: string): string {
  const folder = emptyFolder();
  cpSync(join(root, "examples", name), folder, { recursive: true });
  if (modules !== undefined) symlinkSync(modules, join(folder, "node_modules"), "junction");
  return folder;
}

/** Packs the packages into a folder, and unpacks them into its `node_modules`, with the contract's dependencies, without a registry. */
export async function installPacked(folder: string): Promise<string> {
  const modules = join(folder, "node_modules");
  for (const [name, tarball] of Object.entries(await packAll(folder))) {
    const target = join(modules, name);
    mkdirSync(target, { recursive: true });
    await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  }
  const installed = join(root, "node_modules");
  for (const name of readdirSync(installed).flatMap((entry) =>
    entry.startsWith("@") ? readdirSync(join(installed, entry)).map((scoped) => join(entry, scoped)) : [entry],
  )) {
    const target = join(modules, name);
    if (name.startsWith(".") || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(installed, name), target, "junction");
  }
  return modules;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** How a program ended. */
export interface Outcome {
  /** `hangs` when it did not end by itself. */
  readonly code: number | "hangs";
  readonly output: string;
}

/** Much longer than any of them takes, and shorter than the time limit of a test: what still runs then never ends. */
const longestMs = 50_000;

/** Runs a script with this Node.js in a project. */
export function runNode(project: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  // A nested test runner must not act as a worker of the outer one.
  const { NODE_TEST_CONTEXT: _1, VITEST: _2, NODE_OPTIONS: _3, CONTACT_GROUPS_RECORD: _4, ...outer } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: project, env: { ...outer, NO_COLOR: "1", ...env }, timeout: longestMs, killSignal: "SIGKILL" },
      (error, stdout, stderr) =>
        resolve({ code: error?.killed ? "hangs" : error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}
