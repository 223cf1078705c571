import { differences } from "./differences.ts";
import { humanTexts } from "./human-texts.ts";
import { lostParts } from "./kept-parts.ts";
import type { Applied } from "./overlay.ts";
import { tokensOf } from "./places.ts";
import type { Untranslated } from "./untranslated.ts";

/** A translated bundle, with all that is needed to judge it. */
export interface Translation {
  /** The bundle in its own language. */
  source: object;
  translated: object;
  /** What each action of the overlay matched. */
  applied: readonly Applied[];
  /** The texts that are the same in every language. */
  untranslated: readonly Untranslated[];
}

/** Something wrong with a translation: where, as a JSON pointer in the bundle, the overlay or `untranslated.yaml`, what, and what to do. */
export interface Flaw {
  in: "bundle" | "overlay" | "untranslated";
  at: string;
  message: string;
}

/** How far a translation is, and what is wrong with it. */
export interface Verdict {
  /** Number of texts to translate, each place counted. */
  texts: number;
  /** Number of those that have a translation. */
  done: number;
  flaws: Flaw[];
}

/**
 * Checks that a translation covers every human text, keeps the parts of each that are equal in all languages, changes nothing else, and has no action
 * without effect.
 *
 * @example
 * const { texts, done, flaws } = checkTranslation({ source, translated, applied, untranslated: [] });
 */
export function checkTranslation({ source, translated, applied, untranslated }: Translation): Verdict {
  const originals = humanTexts(source);
  const same = new Set(untranslated.map(({ text }) => text));
  const texts = [...originals].filter(([at]) => !same.has(at));
  const translations = humanTexts(translated);
  const changed = differences(source, translated).filter((at) => !at.includes(madeFromMessages));
  const isText = (at: string): boolean => originals.has(at) && translations.has(at);
  const byAction = (at: string, message: string): Flaw => ({
    in: "overlay",
    at: writerOf(at, translated, applied),
    message: `${at} ${message}`,
  });

  const missing = texts
    .filter(([at, original]) => translations.get(at) === original)
    .map(([at, original]): Flaw => ({
      in: "bundle",
      at,
      message: `${at} has no translation of ${quote(original)}. Add an action for it, or list it in untranslated.yaml if it is the same in every language.`,
    }));
  const damaged = changed.filter(isText).flatMap((at) => {
    const original = originals.get(at)!;
    return lostParts(original, translations.get(at)!).map((part) =>
      byAction(at, `has ${part}, unlike ${quote(original)}.`),
    );
  });
  const notTexts = changed
    .filter((at) => !isText(at))
    .map((at) =>
      byAction(
        at,
        "is changed but is no text to translate. Fix the action that does it: its target, or a key of its update.",
      ),
    );
  const contradicted = untranslated
    .filter(({ text }) => !originals.has(text) || changed.includes(text))
    .map(({ text, at }): Flaw => {
      const why = originals.has(text) ? "has a translation" : "no text is there";
      return { in: "untranslated", at, message: `${text} is in untranslated.yaml, but ${why}. Remove the line.` };
    });

  return {
    texts: texts.length,
    done: texts.length - missing.length,
    flaws: [...missing, ...applied.flatMap(withoutEffect), ...notTexts, ...damaged, ...contradicted],
  };
}

/** Decorator `known-error-codes` makes these texts from the messages of the catalogue, also from the translated ones. */
const madeFromMessages = "/x-enumDescriptions/";

/** What is wrong with an action that leaves no trace in the translated document. */
function withoutEffect({ action: { target, update }, nodes }: Applied, index: number): Flaw[] {
  const flaw = (message: string): Flaw => ({ in: "overlay", at: `/actions/${index}/target`, message });
  if (nodes.length === 0) {
    return [
      flaw(`Target ${target} matches nothing. Fix it, or remove the action if the text that it translated is gone.`),
    ];
  }
  if (nodes.some((node) => holds(node, update))) return [];
  return [flaw(`A later action writes over what the one with target ${target} says. Remove one of the two.`)];
}

/** The action that wrote the value at a pointer, as a JSON pointer in the overlay; the list of all where none is seen to have done it. */
function writerOf(at: string, translated: object, applied: readonly Applied[]): string {
  const tokens = tokensOf(at);
  const nodes: unknown[] = [translated];
  for (const token of tokens) nodes.push((Object(nodes.at(-1)) as Record<string, unknown>)[token]);
  for (let depth = tokens.length; depth >= 0; depth--) {
    const inside = tokens.slice(depth);
    const index = applied.findLastIndex(
      ({ action, nodes: matched }) => matched.some((node) => node === nodes[depth]) && writes(action.update, inside),
    );
    if (index !== -1) return `/actions/${index}`;
  }
  return "/actions";
}

function writes(update: unknown, [token, ...inside]: readonly string[]): boolean {
  if (token === undefined || typeof update !== "object" || update === null) return true;
  return Object.hasOwn(update, token) && writes((update as Record<string, unknown>)[token], inside);
}

function holds(node: unknown, update: unknown): boolean {
  if (typeof update !== "object" || update === null) return node === update;
  return Object.entries(update).every(([key, value]) => holds((node as Record<string, unknown>)[key], value));
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
