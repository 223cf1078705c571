import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The folder of the description. */
export const root: URL = new URL("..", import.meta.url);

/** The Redocly CLI as a file that Node runs. */
export const cli: string = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** The path of a file of the description, such as `dist/openapi.json`. */
export function file(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** Runs the Redocly CLI in the folder of the description. Where it fails, shows what it said and ends with its exit code. */
export function redocly(...args: string[]): void {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: root, env, encoding: "utf8" });
  if (status === 0) return;
  process.stderr.write(stdout + stderr);
  process.exit(status ?? 1);
}
