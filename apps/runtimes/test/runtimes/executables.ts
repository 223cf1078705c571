import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { installed } from "./install.ts";
import { workerdConfig } from "./workerd-config.ts";

/** A runtime with a command line. */
export interface Executable {
  readonly runtime: string;
  readonly file: string;
  /** What comes before the program. */
  readonly args: readonly string[];
}

const toNode = (runtime: string): Executable => ({ runtime, file: installed(runtime, "bin", "node"), args: [] });
export const nodes: readonly Executable[] = ["node-20", "node-22", "node-24", "node-26"].map(toNode);
/** Those that the emulator supports, the oldest first, which is the one that its `engines` names. */
export const emulatorNodes: readonly Executable[] = ["node-22.13", "node-22", "node-24", "node-26"].map(toNode);
export const bun: Executable = { runtime: "bun", file: installed(".bin", "bun"), args: [] };
export const deno: Executable = {
  runtime: "deno",
  file: installed(".bin", "deno"),
  args: ["run", "--no-remote", "--node-modules-dir=manual", "--allow-net=127.0.0.1", "--allow-env"],
};

/**
 * Runs a program and returns what it prints.
 *
 * @throws an `Error` if it fails, or prints to the error output
 */
export async function print(
  { file, args }: Executable,
  program: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", ...environment };
  const { stdout, stderr } = await promisify(execFile)(file, [...args, ...program], { cwd: folder, env });
  if (stderr !== "") throw new Error(stderr);
  return stdout;
}

/** Runs the `test` handler of a worker without the modules of Node.js, and returns what it prints. */
export async function printInWorkerd(
  entry: string,
  folder: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<string> {
  writeFileSync(join(folder, `${entry}.js`), await bundle(join(folder, entry), ["workerd", "worker"]));
  writeFileSync(join(folder, `${entry}.capnp`), workerdConfig(`${entry}.js`, texts));
  const workerd = installed(".bin", "workerd");
  const { stdout } = await promisify(execFile)(workerd, ["test", `${entry}.capnp`], { cwd: folder });
  return stdout;
}

/** Fails on an import of a Node.js module, as the bundlers of such projects do. */
export async function bundle(entry: string, conditions: string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions,
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}
