import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import ts from "typescript-5";

const packagesFolder = fileURLToPath(new URL("../../../packages", import.meta.url));

/** The packages that are published with an API for programs. */
export const publishedPackages = ["client", "contract", "emulator"] as const;

/** Returns the folder where the reports of a package are committed. */
export const reportFolder = (name: (typeof publishedPackages)[number]): string => join(packagesFolder, name, "api");

/** A name that a package exports. */
export interface PublicName {
  /** The entry that exports it, as the key in `exports` of `package.json`. */
  readonly entry: string;
  readonly name: string;
  /** Whether it is a value, not only a type. */
  readonly isValue: boolean;
  readonly isDocumented: boolean;
  /** The tags of its doc comment, such as `example`. */
  readonly tags: readonly string[];
  /** Whether it is generated from the description. */
  readonly isOfDescription: boolean;
}

/** What a package exports. */
export interface Surface {
  readonly names: readonly PublicName[];
  /** Reports of API Extractor by file name. */
  readonly reports: ReadonlyMap<string, string>;
}

/**
 * Reads what a package exports from its sources. Types of the description stay imports in the reports, since `openapi:breaking` reports their changes; those of the core
 * are shown, since it is not published.
 *
 * @throws {Error} when the sources do not compile, or API Extractor fails.
 */
export function readSurface(name: (typeof publishedPackages)[number]): Surface {
  const folder = join(packagesFolder, name);
  // In the package, so that its dependencies are found, and not in node_modules, whose files API Extractor does not show.
  const out = mkdtempSync(join(folder, ".api-"));
  try {
    return extract(folder, out);
  } finally {
    rmSync(out, { recursive: true });
  }
}

function extract(folder: string, out: string): Surface {
  const entries = entriesOf(folder);
  const options = emitDeclarations(folder, out, [...entries.values()]);
  const declarations = new Map([...entries].map(([entry, file]) => [entry, declarationOf(file, out)]));
  const compilerOptions = {
    lib: ["es2023", "dom", "dom.asynciterable", "esnext.disposable"],
    module: "nodenext",
    moduleResolution: "nodenext",
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(folder, "node_modules/@types")],
    paths: Object.fromEntries(
      [...entriesOf(join(packagesFolder, "core"))].map(([entry, file]) => [
        join("@contact-groups/core", entry),
        [declarationOf(file, out)],
      ]),
    ),
  };
  const configs = new Map(
    [...declarations].map(([entry, file]) => {
      const config = ExtractorConfig.prepare({
        packageJsonFullPath: join(folder, "package.json"),
        configObjectFullPath: undefined,
        configObject: {
          projectFolder: folder,
          mainEntryPointFilePath: file,
          bundledPackages: ["@contact-groups/core"],
          newlineKind: "lf",
          compiler: {
            overrideTsconfig: { compilerOptions, files: [...declarations.values()] },
          },
          apiReport: {
            enabled: true,
            reportFolder: out,
            reportTempFolder: join(out, "temp"),
            reportFileName: reportName(entry),
            // Types that are not exported, and are in what is. The emulator's are generated, or are the texts of its rules.
            includeForgottenExports: !folder.endsWith("emulator"),
          },
          docModel: { enabled: false, apiJsonFilePath: "" },
          dtsRollup: { enabled: false },
          tsdocMetadata: { enabled: false },
          messages: {
            compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
            extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
            tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          },
        },
      });
      return [entry, config] as const;
    }),
  );
  const [first] = configs.values();
  const compilerState = CompilerState.create(first!, { additionalEntryPoints: [...declarations.values()] });
  const reports = new Map<string, string>();
  for (const [entry, config] of configs) {
    const problems: string[] = [];
    const { succeeded } = Extractor.invoke(config, {
      compilerState,
      localBuild: true,
      messageCallback: (message) => {
        if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
        message.handled = true;
      },
    });
    if (!succeeded) throw new Error(`API Extractor failed for ${entry} of ${folder}:\n${problems.join("\n")}`);
    reports.set(reportName(entry), readFileSync(join(out, reportName(entry)), "utf8"));
  }
  return { names: namesOf(declarations, options), reports };
}

/** Sources of the entries of a package, by the keys of `exports`. */
function entriesOf(folder: string): ReadonlyMap<string, string> {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, unknown>>;
  };
  return new Map(
    Object.entries(exports).flatMap(([entry, target]) => {
      const program = programOf(target);
      if (program === undefined) return [];
      const stem = join(folder, program.replace(/^\.\/dist\//, "src/").replace(/\.[cm]?[jt]s$/, ""));
      const source = [`${stem}.ts`, join(stem, "index.ts")].find((file) => ts.sys.fileExists(file));
      if (source === undefined) throw new Error(`${program} of ${folder} has no source of the same name.`);
      return [[entry, source]];
    }),
  );
}

/** Returns the program that a target of `exports` names for an ES module. */
function programOf(target: unknown): string | undefined {
  if (typeof target === "string") return /\.[jt]s$/.test(target) ? target : undefined;
  const { import: esm, default: program } = (target ?? {}) as Readonly<Record<string, unknown>>;
  return programOf(esm ?? program);
}

const reportName = (entry: string): string => `${entry === "." ? "index" : entry.slice(2)}.api.md`;
const declarationOf = (file: string, out: string): string =>
  join(out, relative(packagesFolder, file)).replace(/\.ts$/, ".d.ts");

function emitDeclarations(folder: string, out: string, files: readonly string[]): ts.CompilerOptions {
  const path = join(folder, "tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path, ts.sys.readFile).config, ts.sys, folder);
  const emitting = { ...options, noEmit: false, emitDeclarationOnly: true, outDir: out, rootDir: packagesFolder };
  const program = ts.createProgram({ rootNames: files, options: emitting });
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0)
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (file) => file,
        getCurrentDirectory: () => dirname(folder),
        getNewLine: () => "\n",
      }),
    );
  return options;
}

function namesOf(declarations: ReadonlyMap<string, string>, options: ts.CompilerOptions): readonly PublicName[] {
  const program = ts.createProgram({ rootNames: [...declarations.values()], options });
  const checker = program.getTypeChecker();
  return [...declarations].flatMap(([entry, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    if (!module) return [];
    return checker.getExportsOfModule(module).map((exported): PublicName => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return {
        entry,
        name: exported.name,
        isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
        isDocumented: symbol.getDocumentationComment(checker).length > 0,
        tags: symbol.getJsDocTags(checker).map((tag) => tag.name),
        isOfDescription:
          symbol.declarations?.some((node) => node.getSourceFile().fileName.includes("/openapi/dist/")) ?? false,
      };
    });
  });
}
