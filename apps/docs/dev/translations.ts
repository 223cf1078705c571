import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type BaseResolver, bundle, type Config, lint, makeDocumentFromString } from "@redocly/openapi-core";
import { markActions, readMarks } from "../../../openapi/bundle/overlay.ts";
import { checkTranslation } from "../../../openapi/bundle/translation.ts";
import { type Bundled, distFiles, toBundled } from "./bundle.ts";
import type { Folders } from "./folders.ts";
import { type Problem, toProblems } from "./problem.ts";
import type { Files } from "./write-whole.ts";

/** What a run needs to translate a bundle. */
export interface Translating {
  readonly folders: Folders;
  readonly source: Bundled;
  readonly config: Config;
  readonly resolver: () => BaseResolver;
}

/** The files of `dist` in every language that `overlays` has, and what is wrong with the translations. */
export async function translate(run: Translating): Promise<{ files: Files; problems: readonly Problem[] }> {
  const overlays = readdirSync(join(run.folders.description, "overlays")).filter((name) => name.endsWith(".yaml"));
  const made = [];
  for (const overlay of overlays) made.push(await translateTo(overlay.replace(".yaml", ""), run));
  return {
    files: Object.assign({}, ...made.map(({ files }) => files)) as Files,
    problems: made.flatMap(({ problems }) => problems),
  };
}

async function translateTo(
  language: string,
  { folders, source, config, resolver }: Translating,
): Promise<{ files: Files; problems: readonly Problem[] }> {
  const path = join(folders.description, "overlays", `${language}.yaml`);
  const found = await lint({ ref: path, config: config.forAlias(language), externalRefResolver: resolver() });
  const problems = toProblems(found, folders.root);
  if (problems.length > 0) return { files: {}, problems };

  const overlay = (await resolver().loadExternalRef(path)).body;
  const marked = resolver();
  marked.cache.set(path, Promise.resolve(makeDocumentFromString(markActions(overlay), path)));
  const result = await bundle({
    doc: makeDocumentFromString(source.yaml, join(folders.dist, "openapi.yaml")),
    config: translating(config),
    externalRefResolver: marked,
    overlays: [path],
  });
  const { applied, document } = readMarks(overlay, JSON.stringify(result.bundle.parsed));
  const translated = toBundled(document);
  const lists = (await resolver().resolveDocument(null, join(folders.description, "untranslated.yaml"))) as {
    parsed: readonly { texts: readonly string[] }[];
  };
  const verdict = checkTranslation({
    source: source.content,
    translated: translated.content,
    applied,
    untranslated: lists.parsed.flatMap(({ texts }) => texts),
  });
  const files = Object.entries(distFiles(translated, `.${language}`));
  return {
    files: Object.fromEntries(files.map(([name, text]) => [join(folders.dist, name), text])),
    problems: [
      ...toProblems(result.problems, folders.root),
      ...verdict.problems.map((problem) => `openapi/overlays/${language}.yaml: ${problem}`),
    ],
  };
}

/** The configuration without the decorator that has done its part in the bundle: what the service answers is in no language but its own. */
function translating(config: Config): Config {
  const own = config.forAlias("bundle");
  own.skipDecorators(["contact-groups/failure-examples"]);
  return own;
}
