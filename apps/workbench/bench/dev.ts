/**
 * Compares what an edit of the description takes to be followed: by the cold commands, which are `redocly lint` and
 * `describe bundle` as two processes, and in the warm process of `pnpm dev`, with the wait for the file system and its settling. Both in the same run, on a
 * copy. Wall time in milliseconds, each round an edit that changes a text and so each file that is made.
 *
 * Run it with `node bench/dev.ts`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figures, ratioTable } from "@contact-groups/testing/ratios";
import { foldersOf, prepare, type Step, warm } from "../dev/follow.ts";
import { keepFollowing } from "../dev/keep-following.ts";

const rounds = 10;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

const copy = mkdtempSync(join(tmpdir(), "bench-dev-"));
for (const path of ["openapi", "packages/emulator"]) {
  cpSync(join(root, path), join(copy, path), { recursive: true, filter: (from) => basename(from) !== "node_modules" });
}
symlinkSync(join(root, "openapi/node_modules"), join(copy, "openapi/node_modules"), "junction");
const folders = foldersOf(copy);
const edited = join(folders.description, "errors/gateway.yaml");
const original = readFileSync(edited, "utf8");

let told: (what: { step: Step; idle: Promise<void> }) => void = () => {};
let idle: () => void = () => {};
const follow = prepare(folders);
await warm(follow);
const following = keepFollowing(folders.description, follow, {
  first: (step) => told({ step, idle: new Promise((resolve) => (idle = resolve)) }),
  rest() {},
  loadedOnce() {},
  idle: () => idle(),
});

const results: Record<string, Figures>[] = [];
for (let round = 0; round < rounds; round++) {
  const text = original.replace("fix: ", `fix: In round ${round} of the comparison, `);
  const milliseconds = await followed(text);
  results.push({ "two cold processes": { milliseconds: cold() }, "pnpm dev": { milliseconds } });
}
await following.close();
rmSync(copy, { recursive: true });
console.log(ratioTable(results));

/** Saves an edit and waits until it is in all the files of the first step; then lets the rest of the run end. */
async function followed(text: string): Promise<number> {
  // An event of the last edit that comes late makes a run in which nothing changes.
  const next = new Promise<{ step: Step; idle: Promise<void> }>((resolve) => {
    told = (what) => {
      if (what.step.changed.length > 0 || what.step.problems.length > 0) resolve(what);
    };
  });
  const start = performance.now();
  writeFileSync(edited, text);
  const { step, idle: ended } = await next;
  const milliseconds = performance.now() - start;
  if (step.problems.length > 0) throw new Error(`The edit was not followed: ${step.problems.join()}`);
  await ended;
  return milliseconds;
}

function cold(): number {
  const start = performance.now();
  run(redocly, "lint", "description");
  run(join(root, "packages/toolchain/describe.ts"), "bundle");
  return performance.now() - start;
}

function run(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folders.description, env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
