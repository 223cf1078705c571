import { dirname, join } from "node:path/posix";
import ts from "typescript-5";

/** Names of the interfaces, classes and types that a file declares at its top. */
export function typeNames(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) =>
    (ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement)) &&
    statement.name
      ? [statement.name.text]
      : [],
  );
}

/** Groups of files that import each other, directly or through others, also by `import type`. */
export function circles(files: readonly string[], read: (file: string) => string): readonly (readonly string[])[] {
  const known = new Set(files);
  const imports = new Map(
    files.map((file) => [
      file,
      ts
        .preProcessFile(read(file), true, true)
        .importedFiles.map(({ fileName }) => join(dirname(file), fileName))
        .filter((target) => known.has(target)),
    ]),
  );
  const reached = new Map(files.map((file) => [file, reach(file, imports)]));
  const found = new Map<string, readonly string[]>();
  for (const file of files) {
    if (!reached.get(file)!.has(file)) continue;
    const circle = files.filter((other) => reached.get(file)!.has(other) && reached.get(other)!.has(file));
    found.set(circle.join(" "), circle);
  }
  return [...found.values()];
}

/** Files that one imports, directly or through others. */
function reach(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = [...imports.get(file)!];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    next.push(...imports.get(one)!);
  }
  return seen;
}
