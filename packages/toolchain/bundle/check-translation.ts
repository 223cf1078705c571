import { humanTexts } from "./human-texts.ts";
import { lostParts } from "./kept-parts.ts";
import { type Action, type Applied, hashOf, type OpenText, sourceHashes, type UntranslatedText } from "./overlay.ts";
import { differences, escape, tokensOf } from "./pointer.ts";

/** A translated bundle, with everything that is needed to check it. */
export interface Translation {
  /** The bundle in its own language. */
  source: object;
  translated: object;
  /** What each action of the overlay matched. */
  applied: readonly Applied[];
  /** The texts that are the same in every language. */
  untranslated: readonly UntranslatedText[];
}

/** A mistake in a translation: its place, as a JSON pointer in the overlay or `untranslated.yaml`, and a message with what to do. */
export interface TranslationProblem {
  in: "overlay" | "untranslated";
  at: string;
  message: string;
}

/** How far a translation is, and what is wrong with it. */
export interface TranslationStatus {
  /** Number of texts to translate, each place counted. */
  texts: number;
  /** Number of those that have a translation of the text as it is. */
  done: number;
  open: OpenText[];
  flaws: TranslationProblem[];
}

/** A source text of at least this many words is untranslated as long as its translation contains all of it. */
const words = 3;

/**
 * Checks which human texts a translation covers, that it keeps the parts of each that are equal in all languages, changes nothing else, and has no action
 * without effect.
 *
 * @example
 * const { texts, done, open, flaws } = checkTranslation({ source, translated, applied, untranslated: [] });
 */
export function checkTranslation({ source, translated, applied, untranslated }: Translation): TranslationStatus {
  const originals = humanTexts(source);
  const same = new Set(untranslated.map(({ text }) => text));
  const texts = [...originals].filter(([at]) => !same.has(at));
  const translations = humanTexts(translated);
  const changed = differences(source, translated).filter((at) => !at.includes(madeFromMessages));
  const isText = (at: string): boolean => originals.has(at) && translations.has(at);
  const byAction = (at: string, message: string): TranslationProblem => ({
    in: "overlay",
    at: placeOf(writerOf(at, translated, applied)),
    message: `${at} ${message}`,
  });

  const open: OpenText[] = texts
    .filter(([at, original]) => isSource(translations.get(at), original))
    .map(([at, text]) => ({ state: "missing", at: [at], text, hash: hashOf([text]) }));
  const missing = new Set(open.flatMap(({ at }) => at));
  const written = changed.filter((at) => isText(at) && !missing.has(at));
  for (const { writer, at } of byWriter(written, translated, applied)) {
    const hash = hashOf(at.map((pointer) => originals.get(pointer)!));
    const recorded = applied[writer.index]!.action[sourceHashes]?.[writer.path.join(".")];
    if (recorded === hash) continue;
    const state = recorded === undefined ? "unsourced" : "stale";
    open.push({ state, at, text: originals.get(at[0]!)!, hash, action: writer });
  }
  const fallen = new Set(fallenBack(open));
  const damaged = written
    .filter((at) => !fallen.has(at))
    .flatMap((at) => {
      const original = originals.get(at)!;
      return lostParts(original, translations.get(at)!).map((part) =>
        byAction(at, `has ${part}, unlike ${quote(original)}.`),
      );
    });
  // A document can have a page of its own in another language.
  const isDocument = (at: string): boolean => at.endsWith("/externalDocs/url");
  const notTexts = changed
    .filter((at) => !isText(at) && !isDocument(at))
    .map((at) =>
      byAction(
        at,
        "is changed, but is not a text to translate. Fix the action that changes it: its target, or a key of its update.",
      ),
    );
  const contradicted = untranslated
    .filter(({ text }) => !originals.has(text) || changed.includes(text))
    .map(({ text, at }): TranslationProblem => {
      const why = originals.has(text) ? "has a translation" : "no text is there";
      return { in: "untranslated", at, message: `${text} is in untranslated.yaml, but ${why}. Remove the line.` };
    });

  return {
    texts: texts.length,
    done: texts.length - fallen.size,
    open,
    flaws: [
      ...applied.flatMap(withoutEffect),
      ...applied.flatMap(({ action }, index) => hashesOfNothing(action, index)),
      ...notTexts,
      ...damaged,
      ...contradicted,
    ],
  };
}

/** Returns the places, as JSON pointers, that have the source text until they are translated. */
export function fallenBack(open: readonly OpenText[]): string[] {
  return open.flatMap(({ state, at }) => (state === "unsourced" ? [] : at));
}

/** Returns whether a translation is still the source text, or has all of it in it. */
function isSource(translation: string | undefined, original: string): boolean {
  if (translation === original) return true;
  const text = original.trim();
  return text.split(/\s+/).length >= words && (translation?.includes(text) ?? false);
}

/** Groups texts of the translated document by the part of an action that wrote them. */
function byWriter(
  written: readonly string[],
  translated: object,
  applied: readonly Applied[],
): { writer: WritingAction; at: string[] }[] {
  const groups = new Map<string, { writer: WritingAction; at: string[] }>();
  for (const at of written) {
    const writer = writerOf(at, translated, applied);
    if (writer === undefined) continue;
    const key = placeOf(writer);
    const group = groups.get(key) ?? { writer, at: [] };
    group.at.push(at);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Hashes of an action whose text is not in its update. */
function hashesOfNothing(action: Action, index: number): TranslationProblem[] {
  const known = pathsOf(action.update);
  return Object.keys(action[sourceHashes] ?? {}).flatMap((path) => {
    if (known.includes(path)) return [];
    const at = `/actions/${index}/${sourceHashes}/${escape(path)}`;
    return [
      { in: "overlay", at, message: `\`${path}\` is not a text of this action. Remove its hash, or correct the path.` },
    ];
  });
}

/** Texts that decorator `known-error-codes` creates from the messages of the catalogue, also from the translated ones. */
const madeFromMessages = "/x-enumDescriptions/";

/** Returns what is wrong with an action that leaves no trace in the translated document. */
function withoutEffect({ action: { target, update }, nodes }: Applied, index: number): TranslationProblem[] {
  const flaw = (message: string): TranslationProblem => ({ in: "overlay", at: `/actions/${index}/target`, message });
  if (nodes.length === 0) {
    return [flaw(`Target ${target} matches nothing. Fix it, or remove the action if its text no longer exists.`)];
  }
  if (nodes.some((node) => holds(node, update))) return [];
  return [flaw(`A later action overwrites the one with target ${target}. Remove one of the two.`)];
}

/** Returns the paths to the texts of an update. */
function pathsOf(update: unknown, before = ""): string[] {
  return Object.entries(Object(update)).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : pathsOf(value, `${before}${key}.`),
  );
}

/** What wrote a text: an action, and the path in its update. */
interface WritingAction {
  readonly index: number;
  readonly path: readonly string[];
}

/** Returns what wrote the value at a pointer; undefined if no action did. */
function writerOf(at: string, translated: object, applied: readonly Applied[]): WritingAction | undefined {
  const tokens = tokensOf(at);
  const nodes: unknown[] = [translated];
  for (const token of tokens) nodes.push((Object(nodes.at(-1)) as Record<string, unknown>)[token]);
  for (let depth = tokens.length; depth >= 0; depth--) {
    const path = tokens.slice(depth);
    const index = applied.findLastIndex(
      ({ action, nodes: matched }) => matched.some((node) => node === nodes[depth]) && writes(action.update, path),
    );
    if (index !== -1) return { index, path };
  }
  return undefined;
}

/** Returns the place of what an action wrote, as a JSON pointer in the overlay; the list of all actions where it is not known. */
export function placeOf(writer: WritingAction | undefined): string {
  if (writer === undefined) return "/actions";
  return `/actions/${writer.index}/update/${writer.path.map((key) => escape(key)).join("/")}`;
}

function writes(update: unknown, [token, ...inside]: readonly string[]): boolean {
  if (token === undefined || typeof update !== "object" || update === null) return true;
  return Object.hasOwn(update, token) && writes((update as Record<string, unknown>)[token], inside);
}

function holds(node: unknown, update: unknown): boolean {
  if (typeof update !== "object" || update === null) return node === update;
  return Object.entries(update).every(([key, value]) => holds((node as Record<string, unknown>)[key], value));
}

export function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
