/** Runs every program that measures, one after the other, and writes `BENCHMARKS.md`: `pnpm bench [--quick]`. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { programs } from "./programs.ts";
import { renderPage, type Page } from "./render-page.ts";
import { root } from "./root.ts";
import { runProgram } from "./run-program.ts";
import { machine, versions } from "./surroundings.ts";

try {
  const { quick } = options();
  const parts: Record<string, Page["parts"][string][number][]> = {};
  for (const [part, list] of Object.entries(programs)) {
    const runs: (typeof parts)[string] = [];
    for (const program of list) {
      console.log(`\n${part}: ${program.file}\n`);
      runs.push({ program, reports: await runProgram(root, program, quick) });
    }
    parts[part] = runs;
  }
  const peers = new Set(Object.values(programs).flatMap((list) => list.flatMap((program) => program.peers)));
  const page = join(root, "BENCHMARKS.md");
  writeFileSync(
    page,
    renderPage({
      quick,
      machine: machine(),
      versions: [`Node.js ${process.versions.node}`, ...versions([...peers].toSorted())],
      parts,
    }),
  );
  // As every other Markdown file here, so that the check of the format holds.
  execFileSync(process.execPath, [oxfmt(), page]);
  console.log("\nwrote BENCHMARKS.md");
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}

function options(): { readonly quick: boolean } {
  try {
    const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
    return values;
  } catch (error) {
    throw new Error(`${(error as Error).message}: the only option is --quick`, { cause: error });
  }
}

function oxfmt(): string {
  const manifest = createRequire(join(root, "package.json")).resolve("oxfmt/package.json");
  return join(dirname(manifest), "bin/oxfmt");
}
