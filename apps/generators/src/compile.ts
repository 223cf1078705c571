import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  lib: ["es2022", "dom", "dom.iterable"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmitOnError: true,
  outDir: "dist",
};

/** Compiles a folder's `program.ts` and `client` into its `dist`, strictly. Rejects with what the compiler says. */
export async function compile(folder: string): Promise<void> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["program.ts", "client"] }));
  await run(process.execPath, [tsc, "--project", folder, "--pretty", "false"], { cwd: folder }).catch(
    ({ stdout }: { readonly stdout: string }) => {
      throw new Error(`The program does not compile against the generated client:\n${stdout}`);
    },
  );
}
