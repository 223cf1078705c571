import { dirname, join, normalize } from "node:path/posix";
import ts from "typescript-5";
import type { RepositoryViolation } from "./violation.ts";

/** Names of the packages of this repository, by folder. */
export type Packages = ReadonlyMap<string, string>;

/**
 * Finds each import of another package's file by path, and each import from an app.
 *
 * @param file its path in the repository
 * @param text the program: TypeScript, JavaScript, or a component of Astro
 */
export function checkImports(file: string, text: string, packages: Packages): readonly RepositoryViolation[] {
  const folder = folderOf(file, packages);
  return importsOf(file, text).flatMap(({ specifier, line }) => {
    const isPath = specifier.startsWith(".");
    const to = isPath
      ? folderOf(normalize(join(dirname(file), specifier)), packages)
      : folderNamed(specifier, packages);
    if (to === undefined || to === folder) return [];
    const where = `${file}:${line}`;
    if (to.startsWith("apps/"))
      return [
        {
          where,
          what: `It imports ${specifier} of ${to}, but nothing may import from apps. Move the imported code to a package.`,
        },
      ];
    const what = `It imports ${specifier}, a file of ${to}, by path. Import it from ${packages.get(to)} by its name.`;
    return isPath ? [{ where, what }] : [];
  });
}

interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Returns what a program imports or requires, statically or not. */
function importsOf(file: string, text: string): readonly Import[] {
  // An Astro component begins with a program between two `---` lines, and can have scripts. The rest is replaced by blank lines.
  const code = file.endsWith(".astro") ? onlyPrograms(text) : text;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    line: code.slice(0, pos).split("\n").length,
  }));
}

function onlyPrograms(text: string): string {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, "");
  let from = 0;
  let code = "";
  for (const { 1: before = "", 2: program = "", index } of text.matchAll(
    /(^---$|<script\b[^>]*>)(.*?)(?=^---$|<\/script>)/gms,
  )) {
    code += blank(text.slice(from, index) + before) + program;
    from = index + before.length + program.length;
  }
  return code + blank(text.slice(from));
}

/** Returns the folder of the package that a file is in. */
function folderOf(path: string, packages: Packages): string | undefined {
  return [...packages.keys()].find((folder) => path === folder || path.startsWith(`${folder}/`));
}

function folderNamed(specifier: string, packages: Packages): string | undefined {
  return [...packages].find(([, name]) => specifier === name || specifier.startsWith(`${name}/`))?.[0];
}
