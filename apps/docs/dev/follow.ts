import { join } from "node:path";
import { type Config, lint, loadConfig } from "@redocly/openapi-core";
import { bundleFile, distFiles, lintBundled } from "./bundle.ts";
import type { Folders } from "./folders.ts";
import { clientFiles, emulatorFiles } from "./generated.ts";
import { Memory } from "./memory.ts";
import { type Problem, toProblems, unreadable } from "./problem.ts";
import { translate } from "./translations.ts";
import { type Files, writeWhole } from "./write-whole.ts";

/** What a step did: the files it changed, or the problems for which it changed none. */
export interface Step {
  readonly changed: readonly string[];
  readonly problems: readonly Problem[];
}

/** What a run gives, in the order in which it is there. The second is missing where the first has problems. */
export interface Run {
  /** The bundle, the client's types and its error catalogue. */
  readonly first: Step;
  /** Starts the rest: the translations and the emulator's sources. */
  readonly rest: (() => Promise<Step>) | undefined;
}

/** Makes everything follow the description once. Each run takes what is on disk at that moment. */
export type Follow = () => Promise<Run>;

/**
 * Prepares to follow a description: loads the configuration and its rules, which stay as they are until the process ends.
 *
 * A step with a problem writes nothing at all, so what is on disk is always made from a description that was right.
 *
 * @example
 * const follow = await prepare(foldersOf("/path/to/repository"));
 * const { first } = await follow();
 * console.log(first.problems);
 */
export async function prepare(folders: Folders): Promise<Follow> {
  const config = await loadConfig({ configPath: join(folders.description, "redocly.yaml") });
  const memory = new Memory();
  return async () => {
    try {
      return await run(folders, config, memory);
    } catch (error) {
      return { first: { changed: [], problems: [unreadable(error, folders.root)] }, rest: undefined };
    }
  };
}

/** Runs until the engine has compiled what it will run again and again, so that the first edit is followed as fast as the later ones. */
export async function warm(follow: Follow): Promise<void> {
  for (let times = 0; times < 20; times++) await follow();
}

async function run(folders: Folders, config: Config, memory: Memory): Promise<Run> {
  const { shared, own } = memory.moment();
  const ref = join(folders.description, "openapi.yaml");
  const found = await lint({ ref, config: config.forAlias("description"), externalRefResolver: shared() });
  if (found.length > 0) return { first: { changed: [], problems: toProblems(found, folders.root) }, rest: undefined };

  const source = await bundleFile(ref, config, own());
  const path = join(folders.dist, "openapi.yaml");
  const inBundle = [...source.problems, ...(await lintBundled(source, path, config.forAlias("bundle"), shared()))];
  const first = step(toProblems(inBundle, folders.root), {
    ...Object.fromEntries(Object.entries(distFiles(source)).map(([name, text]) => [join(folders.dist, name), text])),
    ...(await clientFiles(source, folders)),
  });
  if (first.problems.length > 0) return { first, rest: undefined };

  const rest = async (): Promise<Step> => {
    const { files, problems } = await translate({ folders, source, config, resolver: own });
    const emulator = step([], await emulatorFiles(source, folders));
    const translated = step(problems, files);
    return { changed: [...emulator.changed, ...translated.changed], problems: translated.problems };
  };
  return { first, rest };
}

function step(problems: readonly Problem[], files: Files): Step {
  return { problems, changed: problems.length > 0 ? [] : writeWhole(files) };
}
