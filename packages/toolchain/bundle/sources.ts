import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { BaseResolver, type Document, Source, YamlParseError } from "@redocly/openapi-core";
import { at, placeText, type ProblemLine, type Show } from "./problem.ts";

/** Reads a file: its bytes, by absolute path. */
export type ReadFile = (path: string) => Uint8Array;

/** The files as they were at one moment. */
export interface SourceSnapshot {
  /** Returns the text of a file. Bytes that are not UTF-8 are U+FFFD in it, and a byte order mark is left out. */
  read(path: string): Source;
  /** Returns the parsed content of a file. */
  parse(path: string): unknown;
  /** Hands out the parsed documents themselves. */
  shared(): BaseResolver;
  /** Hands out copies, for a pass that writes into them. */
  own(): BaseResolver;
}

/**
 * Keeps what was read and parsed from one run to the next. A run reads every file again and parses those whose text has changed, so that no change
 * is overlooked.
 */
export class SourceCache {
  readonly #sources = new Map<string, Source>();
  readonly #documents = new WeakMap<Source, Document>();
  readonly #readFile: ReadFile;

  constructor(readFile: ReadFile = (path) => readFileSync(path)) {
    this.#readFile = readFile;
  }

  /** Starts a run. Everything that it reads is of the same moment, whatever is saved meanwhile. */
  snapshot(): SourceSnapshot {
    const snapshot = new Map<string, Source>();
    const read = (path: string): Source => this.#read(path, snapshot);
    const shared = (): BaseResolver => this.#resolver(read, (document) => document);
    return {
      read,
      parse: (path) => shared().parseDocument(read(path)).parsed,
      shared,
      own: () => this.#resolver(read, ({ source, parsed }) => ({ source, parsed: structuredClone(parsed) })),
    };
  }

  #resolver(read: (path: string) => Source, hand: (document: Document) => Document): BaseResolver {
    const documents = this.#documents;
    return new (class extends BaseResolver {
      override async loadExternalRef(path: string): Promise<Source> {
        return read(path);
      }

      override parseDocument(source: Source, isRoot?: boolean): Document {
        const document = documents.get(source) ?? super.parseDocument(source, isRoot);
        documents.set(source, document);
        return hand(document);
      }
    })();
  }

  #read(path: string, snapshot: Map<string, Source>): Source {
    const found = snapshot.get(path);
    if (found !== undefined) return found;
    const body = new TextDecoder().decode(this.#readFile(path)).replaceAll("\r\n", "\n");
    const known = this.#sources.get(path);
    const source = known?.body === body ? known : new Source(path, body);
    this.#sources.set(path, source);
    snapshot.set(path, source);
    return source;
  }
}

/** Folders with generated files. */
const made = new Set(["dist", "node_modules", "released", ".turbo"]);

/** The description is YAML, and Markdown in small letters: README.md and the like are about it. */
const sourceName = /\.yaml$|^[a-z][\w-]*\.md$/;

/** Returns the files of a description, found by listing its folder, as absolute paths in order. */
export function sourceFiles(folder: string): string[] {
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !made.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourceFiles(path);
      return sourceName.test(entry.name) ? [path] : [];
    });
  return inside.toSorted();
}

/** Separates the files of a description: those of its bundle, and those that only the translations need. */
export function separate(
  files: readonly string[],
  folder: string,
): { readonly paths: readonly string[]; readonly overlays: readonly string[]; readonly untranslated: string } {
  const untranslated = join(folder, "untranslated.yaml");
  const overlays = files.filter((path) => dirname(path) === join(folder, "overlays"));
  const paths = files.filter((path) => path !== untranslated && !overlays.includes(path));
  return { paths, overlays, untranslated };
}

/** Returns the problems of files as text: not UTF-8, not YAML, or empty. */
export function unreadable(paths: readonly string[], snapshot: SourceSnapshot, show: Show): ProblemLine[] {
  return paths.flatMap((path) => {
    const { body } = snapshot.read(path);
    const invalid = body.indexOf("\uFFFD");
    if (invalid !== -1) return [`${at(show(path), body, invalid)} This is not UTF-8. Save the file as UTF-8 again.`];
    try {
      const content = snapshot.parse(path);
      if (content !== undefined && content !== null && content !== "") return [];
    } catch (error) {
      if (error instanceof YamlParseError) return [toProblem(error, show)];
      throw error;
    }
    return [`${show(path)}:1:1 The file is empty. Restore its content, or delete the file and each $ref to it.`];
  });
}

/** Returns the message for a mistake of YAML, with what to do about it. */
function toProblem({ message, line, col, source }: YamlParseError, show: Show): ProblemLine {
  // The parser notices a text without an end only at the end of the file.
  const last = Math.max(1, Math.min(line, source.body.trimEnd().split("\n").length));
  const text = source.getLines()[last - 1] ?? "";
  const said = message.replace(/( in ".*")? ?\(\d+:\d+\)$/, "");
  return `${show(source.absoluteRef)}:${last}:${last === line ? col : text.length + 1} This is not YAML: ${said}. ${advice(said, text)}`;
}

function advice(said: string, line: string): string {
  if (/^ *\t/.test(line)) return "Indent the line with spaces: a tab is not allowed there.";
  if (said.includes("duplicate")) return "Remove one of the two keys, or rename it.";
  return "Compare the indentation, the quotes and the brackets of this line and the one above with those of the lines around them.";
}

/** The files that are read by their names; each other one is part of the description only where a `$ref` leads to it. */
const roots = /[\\/](openapi|redocly)\.yaml$/;

/**
 * Returns what nothing refers to, and what is therefore in no bundle: a file, or an entry of a file whose entries are referred to one by one, such as `servers.yaml`.
 */
export function unused(paths: readonly string[], snapshot: SourceSnapshot, show: Show): ProblemLine[] {
  const used = referenced(paths, snapshot);
  const inUse = [...used];
  return paths.flatMap((path) => {
    if (roots.test(path) || used.has(path)) return [];
    const entries = inUse.filter((reference) => reference.startsWith(`${path}#/`));
    if (entries.length === 0)
      return [
        `${show(path)}:1:1 Nothing refers to this file, so it has no effect. Add a $ref to it, like those to its neighbours, or delete the file.`,
      ];
    return Object.keys(snapshot.parse(path) as object)
      .filter((key) => !entries.some((reference) => `${reference}/`.startsWith(`${path}#/${key}/`)))
      .map((key) => {
        const place = placeText({ source: snapshot.read(path), pointer: `#/${key}`, reportOnKey: true }, show);
        return `${place} Nothing refers to \`${key}\`, so it has no effect. Add a $ref to openapi.yaml, like those of its neighbours, or remove it.`;
      });
  });
}

/** Returns what the `$ref`s of these files lead to, as absolute paths, with the fragment where there is one. */
export function referenced(paths: readonly string[], snapshot: SourceSnapshot): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => [...references(snapshot.parse(path), path)]));
}

/** Returns each `$ref` to a file: its absolute path, with the fragment where there is one. */
function* references(node: unknown, path: string): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key !== "$ref" || typeof value !== "string") yield* references(value, path);
    else if (!value.startsWith("#")) yield resolve(dirname(path), value);
  }
}
