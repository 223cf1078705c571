/**
 * Seconds from an edit of the description to what is made of it, as ratios: bundling and linting by Redocly's `bundle`, the sources of
 * clients by openapi-typescript's types. Each step is a process of its own; rounds are interleaved. `node src/pipeline.ts [rounds]`.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "./root.ts";

const [rounds = 9] = process.argv.slice(2).map(Number);
const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
const bundle = join(root, "openapi/dist/openapi.json");
const made = (name: string): string => join(folder, name);

interface Step {
  readonly from: string;
  readonly program: string;
  readonly options: readonly string[];
}

const redocly = { from: "openapi", program: bin("@redocly/cli", "bin/cli.js") };
const comparisons: Readonly<Record<string, Readonly<Record<string, Step>>>> = {
  "From the description to the bundle": {
    "redocly bundle": { ...redocly, options: ["bundle", "openapi.yaml", "--output", made("openapi.yaml")] },
    "redocly lint with the house rules": { ...redocly, options: ["lint"] },
    "bundle in three languages, checked, with the error catalogue": {
      from: "openapi",
      program: bin("@contact-groups/toolchain", "describe.ts"),
      options: ["bundle"],
    },
  },
  "From the bundle to sources": {
    "openapi-typescript, types only": {
      // It would read the settings of Redocly beside the description.
      from: folder,
      program: bin("openapi-typescript", "bin/cli.js"),
      options: [bundle, "--output", made("types.ts")],
    },
    "emulator: validators, types, limits": step("packages/emulator", "generate/main.ts", made("emulator")),
    "redocly generate-client": { ...redocly, options: ["generate-client", bundle, "--output", made("redocly.ts")] },
    "hey-api": {
      from: folder,
      program: bin("@hey-api/openapi-ts", "bin/run.js"),
      options: ["--input", bundle, "--output", made("hey-api"), "--no-log-file"],
    },
  },
};

try {
  for (const [title, steps] of Object.entries(comparisons)) {
    const results: Record<string, Record<string, number>>[] = [];
    for (let round = -1; round < rounds; round++) {
      const result: Record<string, Record<string, number>> = {};
      for (const [name, one] of Object.entries(steps)) result[name] = { seconds: await secondsOf(one) };
      // The first round reads the programs from the disk.
      if (round >= 0) results.push(result);
    }
    console.log(title, results);
    process.send?.({ title, rounds: results });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function step(from: string, program: string, ...options: readonly string[]): Step {
  return { from, program: join(root, from, program), options };
}

function bin(name: string, path: string): string {
  return join(dirname(resolve(`${name}/package.json`)), path);
}

async function secondsOf({ from, program, options }: Step): Promise<number> {
  const { CI: _, ...rest } = process.env;
  const started = performance.now();
  await run(process.execPath, [program, ...options], {
    cwd: join(from === folder ? "" : root, from),
    env: { ...rest, REDOCLY_TELEMETRY: "off" },
  });
  return (performance.now() - started) / 1000;
}
