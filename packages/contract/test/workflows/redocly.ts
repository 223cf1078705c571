import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the Arazzo documents. */
export const workflows: string = fileURLToPath(new URL("../../workflows/", import.meta.url));

const cli = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin", "cli.js");

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs Redocly's command line, which sends no telemetry and looks for no newer version of itself. */
export function redocly(...args: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd: workflows, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}
