/** Runs the benchmarks one after the other, and writes `BENCHMARKS.md` if all subjects were measured: `pnpm bench [--quick] [subject…]`. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine, renderPage, versionsOf } from "./page.ts";
import { root } from "./root.ts";
import { type Outcome, runProgram } from "./run-program.ts";
import { selectSubjects } from "./subjects.ts";

try {
  const { quick, names } = readArguments();
  const parts: Record<string, Outcome[]> = {};
  for (const [folder, { title, programs }] of selectSubjects(names)) {
    const outcomes: Outcome[] = [];
    parts[title] = outcomes;
    for (const program of programs) {
      const file = `apps/bench/src/${folder}/${program}.ts`;
      console.log(`\n${title}: ${file}\n`);
      outcomes.push(await runProgram(pathToFileURL(join(root, file)), file, quick));
    }
  }
  if (names.length === 0) writePage(quick, parts);
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}

function readArguments(): { readonly quick: boolean; readonly names: readonly string[] } {
  try {
    const options = { quick: { type: "boolean", default: false } } as const;
    const { values, positionals: names } = parseArgs({ options, allowPositionals: true });
    return { ...values, names };
  } catch (error) {
    // Node.js adds advice about positional arguments that does not apply here.
    const [message = ""] = (error as Error).message.split(". ");
    throw new Error(`${message}. Use pnpm bench [--quick] [subject…]`, { cause: error });
  }
}

function writePage(quick: boolean, parts: Readonly<Record<string, readonly Outcome[]>>): void {
  const peers = new Set(Object.values(parts).flatMap((outcomes) => outcomes.flatMap((outcome) => outcome.peers)));
  const page = join(root, "BENCHMARKS.md");
  const all = [`Node.js ${process.versions.node}`, ...versionsOf([...peers].toSorted())];
  writeFileSync(page, renderPage({ quick, machine: describeMachine(), versions: all, parts }));
  // As every other Markdown file here, so that the check of the format passes.
  const oxfmt = dirname(createRequire(join(root, "package.json")).resolve("oxfmt/package.json"));
  execFileSync(process.execPath, [join(oxfmt, "bin/oxfmt"), page]);
  console.log("\nwrote BENCHMARKS.md");
}
