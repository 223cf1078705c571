import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmitOnError: true,
};

/** Declarations that every program uses, parsed once for all of them. */
const shared = new Map<string, ts.SourceFile | undefined>();

/**
 * Compiles a folder's `program.ts` and `client` into its `dist`, strictly.
 *
 * @throws Error with the messages of the compiler.
 */
export function compile(folder: string): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const own = { ...options, rootDir: folder, outDir: join(folder, "dist") };
  const host = ts.createCompilerHost(own);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    if (!path.endsWith(".d.ts")) return read(path, ...rest);
    if (!shared.has(path)) shared.set(path, read(path, ...rest));
    return shared.get(path);
  };
  host.getCurrentDirectory = () => folder;
  const program = ts.createProgram(sources(folder), own, host);
  const { diagnostics } = program.emit();
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length === 0) return;
  throw new Error(`The program does not compile against the generated client:\n${ts.formatDiagnostics(errors, host)}`);
}

function sources(folder: string): string[] {
  const client = readdirSync(join(folder, "client"), { recursive: true, encoding: "utf8" });
  return ["program.ts", ...client.map((file) => join("client", file))]
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}
