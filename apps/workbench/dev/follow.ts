import { join } from "node:path";
import { emulatorFiles, type EmulatorModel } from "@contact-groups/emulator-generator";
import { type Pipeline, type PipelineResult, pipeline } from "@contact-groups/toolchain/bundle/pipeline";
import type { ProblemLine } from "@contact-groups/toolchain/bundle/problem";
import { unforeseen } from "@contact-groups/toolchain/bundle/output";
import { type Files, writeWhole } from "@contact-groups/toolchain/bundle/output";

/** The absolute paths of the description and of the files that are made from it. */
export interface Folders {
  /** Root of the repository. Messages show paths relative to it. */
  readonly root: string;
  /** Has `openapi.yaml` and `redocly.yaml`. */
  readonly description: string;
  readonly dist: string;
  /** The emulator's package. */
  readonly emulator: string;
}

/** Returns the folders of a repository, or of a copy of it. */
export function foldersOf(root: string): Folders {
  return {
    root,
    description: join(root, "openapi"),
    dist: join(root, "openapi/dist"),
    emulator: join(root, "packages/emulator"),
  };
}

/** The result of a step: the files that it changed, or the problems because of which it changed none. */
export interface Step {
  readonly changed: readonly string[];
  readonly problems: readonly ProblemLine[];
}

/** The result of a rebuild. The second step is missing where the first has problems. */
export interface Run {
  /** The bundle, the error catalogue, the model and its types. */
  readonly first: Step;
  /** Starts the second step: the translations and the emulator's sources. */
  readonly rest: (() => Promise<Step>) | undefined;
}

/** Rebuilds everything once, from the files on disk at that moment. */
export type Follow = () => Promise<Run>;

/** How files are read and written. */
export interface Access {
  readonly read?: (path: string) => Uint8Array;
  /** Writes all files or none, and returns the paths of those that changed. */
  readonly write: (files: Files) => string[];
}

/**
 * Prepares the rebuilds of a description. Its configuration and rules are loaded with the first one, and stay the same until the process ends.
 *
 * A step with a problem writes nothing, so the files on disk always come from a valid description.
 *
 * @default access is the disk
 * @example
 * const follow = prepare(foldersOf("/path/to/repository"));
 * const { first } = await follow();
 * console.log(first.problems);
 */
export function prepare(folders: Folders, { read, write }: Access = { write: writeWhole }): Follow {
  const make = pipeline(folders.description, read);
  return () => run(folders, make, write);
}

/** Rebuilds until the engine has compiled the code, so that the first edit is as fast as the later ones. */
export async function warm(follow: Follow): Promise<void> {
  for (let times = 0; times < 20; times++) await follow();
}

async function run(folders: Folders, make: Pipeline, write: Access["write"]): Promise<Run> {
  let made: PipelineResult | undefined;
  /** Makes files, and writes them if there is no problem. */
  const step = async (
    work: (made: PipelineResult) => Promise<{ files: Files; problems: readonly ProblemLine[] }>,
  ): Promise<Step> => {
    try {
      made ??= await make();
      const { files, problems } = made.problems.length > 0 ? made : await work(made);
      return { problems, changed: problems.length > 0 ? [] : write(files) };
    } catch (error) {
      return { problems: [unforeseen("apps/workbench/dev", error)], changed: [] };
    }
  };

  const first = await step(async ({ files }) => ({ files, problems: [] }));
  if (first.problems.length > 0) return { first, rest: undefined };

  const rest = async (): Promise<Step> => {
    const emulator = await step(async ({ model }) => {
      const { problems, files } = await emulatorFiles(model as unknown as EmulatorModel, folders.emulator);
      const placed = Object.entries(files).map(([path, text]) => [join(folders.emulator, path), text]);
      return { problems, files: Object.fromEntries(placed) };
    });
    const translated = await step(({ translate }) => translate());
    return {
      changed: [...emulator.changed, ...translated.changed],
      problems: [...emulator.problems, ...translated.problems],
    };
  };
  return { first, rest };
}
