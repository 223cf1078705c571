import { basename, join } from "node:path";
import { bundle, type Config, type LocationObject, makeDocumentFromString } from "@redocly/openapi-core";
import { type Bundle, translatedModelFiles } from "../model/index.ts";
import { type Bundled, distFiles, toBundled } from "./bundled.ts";
import { escape } from "./human-texts.ts";
import { lintFile } from "./lint-file.ts";
import type { Moment } from "./memory.ts";
import { markActions, readMarks } from "./overlay.ts";
import { sourceOf } from "./places.ts";
import { fill } from "./placeholders.ts";
import { type Problem, placeText, type Show, toProblems } from "./problem.ts";
import { unknownIn } from "./texts.ts";
import { checkTranslation, type Flaw } from "./translation.ts";
import { readUntranslated, type Untranslated } from "./untranslated.ts";
import type { Values } from "./values.ts";
import type { Files } from "./write-whole.ts";

/** What is needed to translate a bundle. */
export interface Translating {
  /** Holds `openapi.yaml`, `untranslated.yaml` and `overlays`. */
  readonly folder: string;
  readonly overlays: readonly string[];
  /** The bundle, with the placeholders in its texts. */
  readonly unfilled: Bundled;
  readonly values: Values;
  readonly config: Config;
  readonly moment: Moment;
  readonly show: Show;
}

/** Translated bundles as files of `dist`, how far each language is, and what is wrong with them. */
export interface Translated {
  readonly files: Files;
  readonly problems: readonly Problem[];
  /** A line for each language. */
  readonly progress: readonly string[];
}

/** Translates a bundle into every language that has an overlay. */
export async function translate(run: Translating): Promise<Translated> {
  const list = join(run.folder, "untranslated.yaml");
  const { listed, problems } = readUntranslated(list, run.moment, run.show);
  if (problems.length > 0) return { files: {}, problems, progress: [] };
  const made: Translated[] = [];
  for (const overlay of run.overlays) made.push(await translateTo(overlay, listed, run));
  return {
    files: Object.assign({}, ...made.map(({ files }) => files)) as Files,
    problems: [...new Set(made.flatMap((one) => one.problems))],
    progress: made.flatMap(({ progress }) => progress),
  };
}

async function translateTo(
  path: string,
  untranslated: readonly Untranslated[],
  { folder, unfilled, values, config, moment, show }: Translating,
): Promise<Translated> {
  const language = basename(path, ".yaml");
  const ofForm = await toProblems(await lintFile({ path, kind: "overlay1", alias: language }, config, moment), show);
  const problems = ofForm.length > 0 ? ofForm : [...notObjects(path, moment, show), ...unknownNames()];
  if (problems.length > 0) return { files: {}, problems, progress: [] };

  const overlay = moment.read(path).body;
  const marked = moment.own();
  marked.cache.set(path, Promise.resolve(makeDocumentFromString(markActions(overlay), path)));
  const result = await bundle({
    doc: makeDocumentFromString(unfilled.yaml, join(folder, "dist/openapi.yaml")),
    config: translating(config),
    externalRefResolver: marked,
    overlays: [path],
  });
  const notApplied = await toProblems(result.problems, show);
  if (notApplied.length > 0) return { files: {}, problems: notApplied, progress: [] };

  const { applied, document } = readMarks(overlay, JSON.stringify(result.bundle.parsed));
  const verdict = checkTranslation({ source: unfilled.content, translated: document, applied, untranslated });
  const translated = toBundled(fill(document, values, language));
  const flaws = verdict.flaws.map(async (flaw) => `${await placeOf(flaw)} ${flaw.message}`);
  const ofModel = Object.entries(translatedModelFiles(translated.content as unknown as Bundle, language)).map(
    ([name, text]) => [join(folder, "dist", name), text],
  );
  return {
    files: { ...distFiles(translated, folder, `.${language}`), ...Object.fromEntries(ofModel) },
    problems: await Promise.all(flaws),
    progress: [
      `${language} ${verdict.done} of ${verdict.texts} texts (${Math.floor((100 * verdict.done) / verdict.texts)} %)`,
    ],
  };

  function unknownNames(): Problem[] {
    return textsIn(moment.parse(path), "#").flatMap(([pointer, text]) =>
      unknownIn(text, values, { source: moment.read(path), pointer }, show),
    );
  }

  async function placeOf(flaw: Flaw): Promise<string> {
    if (flaw.in !== "bundle") {
      const file = flaw.in === "overlay" ? path : join(folder, "untranslated.yaml");
      return placeText({ source: moment.read(file), pointer: `#${flaw.at}` }, show);
    }
    const place: LocationObject = await sourceOf(flaw.at, join(folder, "openapi.yaml"), moment.shared());
    return `${placeText(place, show)} overlays/${basename(path)}:`;
  }
}

/** Every string of a document by its JSON pointer. */
function textsIn(node: unknown, pointer: string): [pointer: string, text: string][] {
  if (typeof node === "string") return [[pointer, node]];
  return Object.entries(Object(node)).flatMap(([key, inside]) => textsIn(inside, `${pointer}/${escape(key)}`));
}

/** Updates that are no objects: Redocly leaves them alone, and nothing can be merged into a text. */
function notObjects(path: string, moment: Moment, show: Show): Problem[] {
  const { actions } = moment.parse(path) as { readonly actions: readonly { readonly update?: unknown }[] };
  return actions.flatMap(({ update }, index) => {
    if (typeof update === "object" && update !== null && !Array.isArray(update)) return [];
    const place = placeText({ source: moment.read(path), pointer: `#/actions/${index}/update` }, show);
    return [
      `${place} This action has no \`update\` that is a map. Write the translated text under its key, such as \`description: …\`.`,
    ];
  });
}

/** The configuration without the decorator that has done its part in the bundle: what the service answers is in no language but its own. */
function translating(config: Config): Config {
  const own = config.forAlias("bundle");
  own.skipDecorators(["contact-groups/failure-examples"]);
  return own;
}
