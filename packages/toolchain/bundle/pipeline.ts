import { join } from "node:path";
import type { Config, LocationObject } from "@redocly/openapi-core";
import type { DescriptionBundle } from "../model/bundle.ts";
import { wrongExamples } from "../model/examples.ts";
import { modelFiles } from "../model/files.ts";
import { toModel } from "../model/model.ts";
import { textProblems } from "./numbers.ts";
import type { Files } from "./output.ts";
import { fill, valuesOf } from "./placeholders.ts";
import { placeText, type ProblemLine, showWithin, sourceOf, toProblems } from "./problem.ts";
import { bundleFile, type Bundled, configuration, distFiles, lintBundled, lintFile, toBundled } from "./redocly.ts";
import { type ReadFile, separate, SourceCache, sourceFiles, unreadable, unused } from "./sources.ts";
import { translate, type Translations } from "./translate.ts";

/** What is generated from a description. If there is a problem, do not use anything else. */
export interface PipelineResult {
  readonly problems: readonly ProblemLine[];
  /** The bundle in its own language; missing if there is a problem. */
  readonly source?: Bundled;
  /** The exports of the model, by name; missing if there is a problem. */
  readonly model?: Readonly<Record<string, unknown>>;
  /** The files of `dist`, by absolute path. */
  readonly files: Files;
  /** Continues with the other languages, and reads the files that only they need: the overlays and `untranslated.yaml`. */
  translate(): Promise<Translations>;
  /** Returns where a place of the bundle, as a JSON pointer, comes from: `openapi/servers.yaml:3:5`. */
  placeOf(pointer: string): Promise<string>;
}

/** Generates everything from a description as it is on disk at that moment. Writes nothing. */
export type Pipeline = () => Promise<PipelineResult>;

/**
 * Returns the pipeline from the description to its bundles: every file as text, its structure, its rules, the bundle and the translations. Each step runs
 * only if the previous one has no problems. `pnpm lint`, `pnpm bundle` and `pnpm dev` use it. The configuration and its rules are loaded once.
 *
 * @param folder Absolute path of the folder that holds `openapi.yaml`.
 * @param readFile Reads a file.
 * @default readFile reads from the disk
 * @example
 * const make = pipeline("/path/to/repository/openapi");
 * const { problems, files } = await make();
 */
export function pipeline(folder: string, readFile?: ReadFile): Pipeline {
  const memory = new SourceCache(readFile);
  const show = showWithin(folder);
  let config: Config | undefined;

  return async () => {
    const snapshot = memory.snapshot();
    const root = join(folder, "openapi.yaml");
    const placeOf = async (pointer: string): Promise<string> =>
      placeText(await sourceOf(pointer, root, snapshot.shared()), show);
    const withProblems = (problems: readonly ProblemLine[]): PipelineResult => ({
      problems,
      files: {},
      placeOf,
      translate: async () => ({ problems, files: {}, progress: [], open: {} }),
    });

    const { paths, overlays, untranslated } = separate(sourceFiles(folder), folder);
    const notTexts = unreadable(paths, snapshot, show);
    if (notTexts.length > 0) return withProblems(notTexts);
    if (config === undefined) {
      const loaded = await configuration(join(folder, "redocly.yaml"), overlays, snapshot, show);
      if ("problems" in loaded) return withProblems(loaded.problems);
      config = loaded.config;
    }
    const loaded = config;

    const ofSource = await toProblems(
      await lintFile({ path: root, kind: "oas3_1", alias: "description" }, loaded, snapshot),
      show,
    );
    if (ofSource.length > 0) return withProblems(ofSource);
    const withoutEffect = unused(paths, snapshot, show);
    if (withoutEffect.length > 0) return withProblems(withoutEffect);

    const { document: unfilled, problems: notBundled } = await bundleFile(root, loaded, snapshot.own());
    const values = valuesOf(unfilled);
    const source = toBundled(fill(unfilled, values, "en"));
    const bundlePath = join(folder, "dist/openapi.yaml");
    const inBundle = await lintBundled(source, bundlePath, loaded.forAlias("bundle"), snapshot.shared());
    const locate = (place: LocationObject): Promise<LocationObject> | LocationObject =>
      place.pointer === undefined || place.source.absoluteRef !== bundlePath
        ? place
        : sourceOf(place.pointer, root, snapshot.shared());
    const ofBundle = await toProblems([...notBundled, ...inBundle], show, locate);
    if (ofBundle.length > 0) return withProblems(ofBundle);

    const content = source.content as unknown as DescriptionBundle;
    const model = toModel(content);
    const notSupported = await Promise.all(
      [...model.problems, ...(model.problems.length > 0 ? [] : wrongExamples(content, model.operations))].map(
        async ({ pointer, message }) => `${await placeOf(pointer)} ${message}`,
      ),
    );
    const inTexts = await textProblems(unfilled, values, (at) => sourceOf(at, root, snapshot.shared()), show);
    if (notSupported.length + inTexts.length > 0) return withProblems([...new Set(notSupported), ...inTexts]);
    const dist = join(folder, "dist");
    const ofModel = Object.entries(await modelFiles(content, model)).map(([name, text]) => [join(dist, name), text]);

    return {
      problems: [],
      source,
      model: Object.fromEntries(model.exports.map(({ name, value }) => [name, value])),
      files: { ...distFiles(source, dist), ...Object.fromEntries(ofModel) },
      placeOf,
      translate: () => translate({ folder, overlays, untranslated, unfilled, values, config: loaded, snapshot, show }),
    };
  };
}
