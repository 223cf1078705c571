import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { pipeline } from "@contact-groups/toolchain/bundle/pipeline";
import { writeWhole } from "@contact-groups/toolchain/bundle/output";
import { compare, type Contender, type Measure, type Run } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { root } from "../root.ts";

export const about =
  "From an edit of the description to everything generated from it. Each step is a process of its own, as it is run by hand, except for the warm one, which `run dev` takes.";
export const peers: Program["peers"] = ["@redocly/cli", "openapi-typescript", "@hey-api/openapi-ts"];

const openapi = join(root, "openapi");
const emulator = join(root, "packages/emulator");
const seconds: Measure = { figure: (milliseconds) => milliseconds / 1000 };

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const rounds = quick ? 3 : 9;
  const redocly = bin("@redocly/cli", "bin/cli.js");
  const bundle = join(openapi, "dist/openapi.json");
  const to = (name: string): readonly string[] => ["--output", join(folder, name)];
  const fromDescription = {
    "redocly bundle": step(openapi, redocly, "bundle", "openapi.yaml", ...to("openapi.yaml")),
    "redocly lint with the house rules": step(openapi, redocly, "lint"),
    "bundle in three languages, checked, with the error catalogue": step(
      openapi,
      bin("@contact-groups/toolchain", "describe.ts"),
      "bundle",
    ),
    "the same in a warm process, in one language": await warm(folder),
  };
  yield compare("From the description to the bundle", fromDescription, { seconds }, rounds);

  const fromBundle = {
    // In another folder, because it would read the settings of Redocly next to the description.
    "openapi-typescript, types only": step(folder, bin("openapi-typescript", "bin/cli.js"), bundle, ...to("types.ts")),
    "emulator: validators, types, limits": step(emulator, join(emulator, "generate/main.ts")),
    "redocly generate-client": step(openapi, redocly, "generate-client", bundle, ...to("redocly.ts")),
    "hey-api": step(
      folder,
      bin("@hey-api/openapi-ts", "bin/run.js"),
      "--no-log-file",
      "--input",
      bundle,
      ...to("hey-api"),
    ),
  };
  yield compare("From the bundle to sources", fromBundle, { seconds }, rounds);
}

/** Returns a contender that runs a program as a process. */
function step(cwd: string, ...command: readonly string[]): Contender {
  // With CI set, some check their files instead of writing them.
  const { CI: _, ...env } = process.env;
  return async () => {
    await promisify(execFile)(process.execPath, command, { cwd, env: { ...env, REDOCLY_TELEMETRY: "off" } });
    return { calls: 1 };
  };
}

/** Returns a contender that follows an edit as `run dev` does, but writes into another folder and does not wait for the file system. */
async function warm(folder: string): Promise<Contender> {
  let edits = 0;
  const make = pipeline(openapi, (path) => {
    const bytes = readFileSync(path);
    // A number that is also a limit would be rejected.
    if (!path.endsWith("gateway.yaml")) return bytes;
    return Buffer.from(bytes.toString().replace("fix: ", `fix: After edit ${"I".repeat(edits)}, `));
  });
  const follow = async (): Promise<Run> => {
    edits++;
    const { files, problems } = await make();
    if (problems.length > 0) throw new Error(`The edit was not followed: ${problems.join()}`);
    const moved = Object.entries(files).map(([path, text]) => [join(folder, relative(openapi, path)), text]);
    writeWhole(Object.fromEntries(moved));
    return { calls: 1 };
  };
  // Until the engine has compiled the code that runs repeatedly.
  for (let times = 0; times < 20; times++) await follow();
  return follow;
}

function bin(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}
