/** Client generators, run as their users run them: none gets an option for this description. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A program that generates a client from a description. */
export interface Generator {
  readonly name: string;
  /** Generates the client of a description file into a folder. Its entry point is `index.ts`. */
  generate(description: string, folder: string): Promise<void>;
}

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

export const generators: readonly Generator[] = [
  {
    name: "hey-api",
    generate: (description, folder) =>
      runProgram("@hey-api/openapi-ts", "bin/run.js", ["--input", description, "--output", folder, "--no-log-file"]),
  },
  {
    name: "redocly",
    generate: (description, folder) =>
      runProgram("@redocly/cli", "bin/cli.js", ["generate-client", description, "--output", join(folder, "index.ts")]),
  },
];

async function runProgram(name: string, program: string, options: readonly string[]): Promise<void> {
  const path = join(dirname(resolve(`${name}/package.json`)), program);
  await run(process.execPath, [path, ...options], { env: { ...process.env, REDOCLY_TELEMETRY: "off" } });
}
