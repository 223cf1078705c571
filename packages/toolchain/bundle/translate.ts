import { basename, join } from "node:path";
import { bundle, type Config, Source } from "@redocly/openapi-core";
import type { DescriptionBundle } from "../model/bundle.ts";
import { translatedModelFiles } from "../model/files.ts";
import { describeCodes } from "../rules/decorators.ts";
import type { Description } from "../rules/error-catalogue.ts";
import { checkTranslation, fallenBack, placeOf, quote, type TranslationStatus } from "./check-translation.ts";
import { unknownIn } from "./numbers.ts";
import type { Files } from "./output.ts";
import {
  markActions,
  type ListedText,
  type OpenText,
  type Overlay,
  readMarks,
  readUntranslated,
  sourceHashes,
  targetOf,
  type UntranslatedText,
} from "./overlay.ts";
import { fill, type Values } from "./placeholders.ts";
import { escape, tokensOf, valueAt } from "./pointer.ts";
import { placeText, type ProblemLine, type Show, sourceOf, toProblems } from "./problem.ts";
import { distFiles, lintFile, toBundled } from "./redocly.ts";
import { type SourceSnapshot, unreadable } from "./sources.ts";

/** What is needed to translate a bundle. */
export interface TranslationInput {
  /** Holds `openapi.yaml`. */
  readonly folder: string;
  /** Paths of the overlays, and of the list of texts that are the same in every language. */
  readonly overlays: readonly string[];
  readonly untranslated: string;
  /** The bundle, with the placeholders in its texts. */
  readonly unfilled: object;
  readonly values: Values;
  readonly config: Config;
  readonly snapshot: SourceSnapshot;
  readonly show: Show;
}

/** The translated bundles as files of `dist/translations`, the progress of each language, and their mistakes. */
export interface Translations {
  readonly files: Files;
  readonly problems: readonly ProblemLine[];
  /** A line for each language. */
  readonly progress: readonly string[];
  /** The texts that need a translation, by language. They are in the source language until then. */
  readonly open: Readonly<Record<string, readonly ListedText[]>>;
}

/** Translates a bundle into every language that has an overlay. */
export async function translate(run: TranslationInput): Promise<Translations> {
  const withProblems = (problems: readonly ProblemLine[]): Translations => ({
    files: {},
    problems,
    progress: [],
    open: {},
  });
  const notTexts = unreadable([run.untranslated, ...run.overlays], run.snapshot, run.show);
  if (notTexts.length > 0) return withProblems(notTexts);
  const { listed, problems } = readUntranslated(run.untranslated, run.snapshot, run.show);
  if (problems.length > 0) return withProblems(problems);
  const made: Translations[] = [];
  for (const overlay of run.overlays) made.push(await translateTo(overlay, listed, run));
  return {
    files: Object.assign({}, ...made.map(({ files }) => files)) as Files,
    problems: [...new Set(made.flatMap((one) => one.problems))],
    progress: made.flatMap(({ progress }) => progress),
    open: Object.assign({}, ...made.map(({ open }) => open)) as Translations["open"],
  };
}

async function translateTo(
  path: string,
  listed: readonly UntranslatedText[],
  { folder, untranslated, unfilled, values, config, snapshot, show }: TranslationInput,
): Promise<Translations> {
  const language = basename(path, ".yaml");
  const ofForm = await toProblems(await lintFile({ path, kind: "overlay1", alias: language }, config, snapshot), show);
  const problems = ofForm.length > 0 ? ofForm : [...notObjects(path, snapshot, show), ...unknownNames()];
  if (problems.length > 0) return { files: {}, problems, progress: [], open: {} };

  const overlay = snapshot.parse(path) as Overlay;
  const marked = snapshot.own();
  marked.cache.set(path, Promise.resolve({ source: snapshot.read(path), parsed: markActions(overlay) }));
  const result = await bundle({
    doc: { source: new Source(join(folder, "dist/openapi.yaml"), ""), parsed: structuredClone(unfilled) },
    config: translating(config),
    externalRefResolver: marked,
    overlays: [path],
  });
  const notApplied = await toProblems(result.problems, show);
  if (notApplied.length > 0) return { files: {}, problems: notApplied, progress: [], open: {} };

  const { applied, document } = readMarks(overlay, JSON.stringify(result.bundle.parsed));
  const verdict = checkTranslation({ source: unfilled, translated: document, applied, untranslated: listed });
  for (const at of fallenBack(verdict.open)) copyText(at, unfilled, document);
  describeCodes(document as Description);
  const translated = toBundled(fill(document, values, language));
  const flaws = verdict.flaws.map(({ in: file, at, message }) => {
    const source = snapshot.read(file === "overlay" ? path : untranslated);
    return `${placeText({ source, pointer: `#${at}` }, show)} ${message}`;
  });
  const dist = join(folder, "dist/translations");
  const ofModel = Object.entries(
    translatedModelFiles(translated.content as unknown as DescriptionBundle, language),
  ).map(([name, text]) => [join(dist, name), text]);
  return {
    files: { ...distFiles(translated, dist, `.${language}`), ...Object.fromEntries(ofModel) },
    problems: flaws,
    open: { [language]: await Promise.all(verdict.open.map(toListed)) },
    progress: [progressOf(language, verdict)],
  };

  function unknownNames(): ProblemLine[] {
    return textsIn(snapshot.parse(path), "#").flatMap(([pointer, text]) =>
      unknownIn(text, values, { source: snapshot.read(path), pointer }, show),
    );
  }

  /** Adds the message for a terminal: a missing text at its source, the others in the overlay. */
  async function toListed(open: OpenText): Promise<ListedText> {
    const { state, at, text, hash, action } = open;
    const target = targetOf(tokensOf(at[0]!).slice(0, -1), unfilled);
    if (state === "missing") {
      const place = placeText(await sourceOf(at[0]!, join(folder, "openapi.yaml"), snapshot.shared()), show);
      return { ...open, target, message: `${place} ${language} has no translation of ${quote(text)}, ${at[0]}.` };
    }
    const place = placeText({ source: snapshot.read(path), pointer: `#${placeOf(action)}` }, show);
    const write = `\`${action!.path.join(".")}: ${hash}\` under \`${sourceHashes}\``;
    const message =
      state === "stale"
        ? `${place} The source text of this translation has changed, ${at[0]}. It is now ${quote(text)}. Translate it, and write ${write}.`
        : `${place} This translation has no hash of its source text, ${at[0]}. Write ${write}.`;
    return { ...open, target, message };
  }
}

/** Returns the progress of a language, in a line. */
function progressOf(language: string, { texts, done, open }: TranslationStatus): string {
  const count = (state: OpenText["state"]): number =>
    open.filter((one) => one.state === state).reduce((sum, { at }) => sum + at.length, 0);
  const states = [
    [count("missing"), "without a translation"],
    [count("stale"), "translated from an older text"],
    [count("unsourced"), "translated from an unknown text"],
  ] as const;
  const rest = states.filter(([number]) => number > 0).map(([number, what]) => `, ${number} ${what}`);
  return `${language} ${done} of ${texts} texts (${Math.floor((100 * done) / texts)} %)${rest.join("")}`;
}

/** Copies the text at a JSON pointer from one document to another. */
function copyText(pointer: string, from: object, to: object): void {
  const tokens = tokensOf(pointer);
  const holder = valueAt(to, tokens.slice(0, -1)) as Record<string, unknown>;
  holder[tokens.at(-1)!] = valueAt(from, tokens);
}

/** Returns every string of a document by its JSON pointer. */
function textsIn(node: unknown, pointer: string): [pointer: string, text: string][] {
  if (typeof node === "string") return [[pointer, node]];
  return Object.entries(Object(node)).flatMap(([key, inside]) => textsIn(inside, `${pointer}/${escape(key)}`));
}

/** Updates that are not objects: Redocly ignores them, and nothing can be merged into a text. */
function notObjects(path: string, snapshot: SourceSnapshot, show: Show): ProblemLine[] {
  const { actions } = snapshot.parse(path) as { readonly actions: readonly { readonly update?: unknown }[] };
  return actions.flatMap(({ update }, index) => {
    if (typeof update === "object" && update !== null && !Array.isArray(update)) return [];
    const place = placeText({ source: snapshot.read(path), pointer: `#/actions/${index}/update` }, show);
    return [
      `${place} The \`update\` of this action is not a map. Write the translated text under its key, such as \`description: …\`.`,
    ];
  });
}

/** Returns the configuration without the decorator that already ran for the bundle: failure examples are the same in every language. */
function translating(config: Config): Config {
  const own = config.forAlias("bundle");
  own.skipDecorators(["contact-groups/failure-examples"]);
  return own;
}
