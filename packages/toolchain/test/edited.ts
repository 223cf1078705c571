import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseYaml, stringifyYaml } from "@redocly/openapi-core";
import { SourceCache, type SourceSnapshot, type ReadFile } from "../bundle/sources.ts";
import { type PipelineResult, type Pipeline, pipeline } from "../bundle/pipeline.ts";

/** An edit: changes the content of a file in place. What it returns is not used. */
export type Edit = (content: any) => unknown;

/** The folder of the description that the tests of the tools read. */
export const folder: string = fileURLToPath(new URL("fixtures/description", import.meta.url));

/**
 * Reads a description as it would be with the edits, by file. Nothing is written.
 *
 * @param description Its folder.
 * @default description the folder of the fixtures
 */
export function edited(edits: Record<string, Edit>, description: string = folder): ReadFile {
  return (path) => {
    const bytes = readFileSync(path);
    const edit = edits[relative(description, path).replaceAll("\\", "/")];
    if (edit === undefined) return bytes;
    const content: unknown = parseYaml(bytes.toString());
    edit(content);
    return Buffer.from(stringifyYaml(content));
  };
}

// All tests of a worker share what was parsed, so that a test pays for the files that it edits only.
let read: ReadFile = readFileSync;
const memory = new SourceCache((path) => read(path));
const pipelines = new Map<string, Pipeline>();

/**
 * Runs the pipeline on a description as a function reads it.
 *
 * @param description Its folder.
 * @default description the folder of the fixtures
 * @example
 * const { problems } = await makeFrom(edited({ "servers.yaml": (servers) => delete servers.china["x-source"] }));
 */
export function makeFrom(reader: ReadFile, description: string = folder): Promise<PipelineResult> {
  read = reader;
  const make = pipelines.get(description) ?? pipeline(description, (path) => read(path));
  pipelines.set(description, make);
  return make();
}

/** The files of the fixtures' description as a function reads them. */
export function snapshotOf(reader: ReadFile): SourceSnapshot {
  read = reader;
  return memory.snapshot();
}

/** The path of a file of the fixtures' description. */
export function pathOf(file: string): string {
  return join(folder, file);
}
