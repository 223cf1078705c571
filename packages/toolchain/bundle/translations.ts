import { basename, join } from "node:path";
import type { Description } from "../rules/catalogue.ts";
import { describeCodes } from "../rules/known-error-codes.ts";
import { bundle, type Config, Source } from "@redocly/openapi-core";
import { type Bundle, translatedModelFiles } from "../model/index.ts";
import { distFiles, toBundled } from "./bundled.ts";
import { targetOf } from "./fill-in.ts";
import { escape } from "./human-texts.ts";
import { lintFile } from "./lint-file.ts";
import type { Moment } from "./memory.ts";
import { markActions, type Overlay, readMarks } from "./overlay.ts";
import { sourceOf, tokensOf } from "./places.ts";
import { fill } from "./placeholders.ts";
import { type Problem, placeText, type Show, toProblems } from "./problem.ts";
import { unknownIn } from "./texts.ts";
import { sourceHashes } from "./source-hash.ts";
import { checkTranslation, fallenBack, type Open, placeOf, quote, type Verdict } from "./translation.ts";
import { unreadable } from "./sources.ts";
import { readUntranslated, type Untranslated } from "./untranslated.ts";
import type { Values } from "./values.ts";
import type { Files } from "./write-whole.ts";

/** What is needed to translate a bundle. */
export interface Translating {
  /** Holds `openapi.yaml`. */
  readonly folder: string;
  /** Paths of the overlays, and of the list of texts that are the same in every language. */
  readonly overlays: readonly string[];
  readonly untranslated: string;
  /** The bundle, with the placeholders in its texts. */
  readonly unfilled: object;
  readonly values: Values;
  readonly config: Config;
  readonly moment: Moment;
  readonly show: Show;
}

/** Translated bundles as files of `dist/translations`, how far each language is, and what is wrong with them. */
export interface Translated {
  readonly files: Files;
  readonly problems: readonly Problem[];
  /** A line for each language. */
  readonly progress: readonly string[];
  /** The texts that somebody has to translate, by language. They are in the source language until then. */
  readonly open: Readonly<Record<string, readonly Untold[]>>;
}

/** A text that somebody has to translate, with what a terminal shows of it. */
export interface Untold extends Open {
  readonly message: string;
  /** Target of an action for the object that holds the text. */
  readonly target: string;
}

/** Translates a bundle into every language that has an overlay. */
export async function translate(run: Translating): Promise<Translated> {
  const refused = (problems: readonly Problem[]): Translated => ({ files: {}, problems, progress: [], open: {} });
  const notTexts = unreadable([run.untranslated, ...run.overlays], run.moment, run.show);
  if (notTexts.length > 0) return refused(notTexts);
  const { listed, problems } = readUntranslated(run.untranslated, run.moment, run.show);
  if (problems.length > 0) return refused(problems);
  const made: Translated[] = [];
  for (const overlay of run.overlays) made.push(await translateTo(overlay, listed, run));
  return {
    files: Object.assign({}, ...made.map(({ files }) => files)) as Files,
    problems: [...new Set(made.flatMap((one) => one.problems))],
    progress: made.flatMap(({ progress }) => progress),
    open: Object.assign({}, ...made.map(({ open }) => open)) as Translated["open"],
  };
}

async function translateTo(
  path: string,
  listed: readonly Untranslated[],
  { folder, untranslated, unfilled, values, config, moment, show }: Translating,
): Promise<Translated> {
  const language = basename(path, ".yaml");
  const ofForm = await toProblems(await lintFile({ path, kind: "overlay1", alias: language }, config, moment), show);
  const problems = ofForm.length > 0 ? ofForm : [...notObjects(path, moment, show), ...unknownNames()];
  if (problems.length > 0) return { files: {}, problems, progress: [], open: {} };

  const overlay = moment.parse(path) as Overlay;
  const marked = moment.own();
  marked.cache.set(path, Promise.resolve({ source: moment.read(path), parsed: markActions(overlay) }));
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
    const source = moment.read(file === "overlay" ? path : untranslated);
    return `${placeText({ source, pointer: `#${at}` }, show)} ${message}`;
  });
  const dist = join(folder, "dist/translations");
  const ofModel = Object.entries(translatedModelFiles(translated.content as unknown as Bundle, language)).map(
    ([name, text]) => [join(dist, name), text],
  );
  return {
    files: { ...distFiles(translated, dist, `.${language}`), ...Object.fromEntries(ofModel) },
    problems: flaws,
    open: { [language]: await Promise.all(verdict.open.map(told)) },
    progress: [progressOf(language, verdict)],
  };

  function unknownNames(): Problem[] {
    return textsIn(moment.parse(path), "#").flatMap(([pointer, text]) =>
      unknownIn(text, values, { source: moment.read(path), pointer }, show),
    );
  }

  /** What a terminal shows of a text that somebody has to translate: a missing one at its source, the others in the overlay. */
  async function told(open: Open): Promise<Untold> {
    const { state, at, text, hash, action } = open;
    const target = targetOf(tokensOf(at[0]!).slice(0, -1), unfilled);
    if (state === "missing") {
      const place = placeText(await sourceOf(at[0]!, join(folder, "openapi.yaml"), moment.shared()), show);
      return { ...open, target, message: `${place} ${language} has no translation of ${quote(text)}, ${at[0]}.` };
    }
    const place = placeText({ source: moment.read(path), pointer: `#${placeOf(action)}` }, show);
    const write = `\`${action!.path.join(".")}: ${hash}\` under \`${sourceHashes}\``;
    const message =
      state === "stale"
        ? `${place} The text that this translates has changed, ${at[0]}. It is now ${quote(text)}. Translate it, and write ${write}.`
        : `${place} This does not say which text it translates, ${at[0]}. Write ${write}.`;
    return { ...open, target, message };
  }
}

/** How far a language is, in a line. */
function progressOf(language: string, { texts, done, open }: Verdict): string {
  const count = (state: Open["state"]): number =>
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
  const last = tokens.pop()!;
  const holder = (document: object): Record<string, unknown> =>
    tokens.reduce<any>((node, token) => node[token], document);
  holder(to)[last] = holder(from)[last];
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
