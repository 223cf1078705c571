import { differences } from "./differences.ts";
import { humanTexts } from "./human-texts.ts";
import { lostParts } from "./kept-parts.ts";
import type { Applied } from "./overlay.ts";

/** A translated bundle, with all that is needed to judge it. */
export interface Translation {
  /** The bundle in its own language. */
  source: object;
  translated: object;
  /** What each action of the overlay matched. */
  applied: readonly Applied[];
  /** JSON pointers to the texts that are the same in every language. */
  untranslated: readonly string[];
}

/** How far a translation is, and what is wrong with it. */
export interface Verdict {
  /** Number of texts to translate, each place counted. */
  texts: number;
  /** Number of those that have a translation. */
  done: number;
  /** One message per problem: where, what, and what to do. */
  problems: string[];
}

/**
 * Checks that a translation covers every human text, keeps the parts of each that are equal in all languages, changes nothing else, and has no action
 * without effect.
 *
 * @example
 * const { texts, done, problems } = checkTranslation({ source, translated, applied, untranslated: [] });
 */
export function checkTranslation({ source, translated, applied, untranslated }: Translation): Verdict {
  const originals = humanTexts(source);
  const same = new Set(untranslated);
  const texts = [...originals].filter(([at]) => !same.has(at));
  const translations = humanTexts(translated);
  const changed = differences(source, translated).filter((at) => !at.includes(madeFromMessages));
  const isText = (at: string): boolean => originals.has(at) && translations.has(at);

  const missing = texts
    .filter(([at, original]) => translations.get(at) === original)
    .map(([at, original]) => `${at} has no translation of ${quote(original)}. Add an action for it.`);
  const damaged = changed.filter(isText).flatMap((at) => {
    const original = originals.get(at)!;
    return lostParts(original, translations.get(at)!).map((part) => `${at} has ${part}, unlike ${quote(original)}.`);
  });
  const notTexts = changed
    .filter((at) => !isText(at))
    .map(
      (at) =>
        `${at} is changed but is no text to translate. Mend the action that does it: its target, or a key of its update.`,
    );
  const contradicted = [...same]
    .filter((at) => !originals.has(at) || changed.includes(at))
    .map(
      (at) =>
        `${at} is in untranslated.yaml, but ${originals.has(at) ? "has a translation" : "no text is there"}. Remove the line.`,
    );

  return {
    texts: texts.length,
    done: texts.length - missing.length,
    problems: [...missing, ...applied.flatMap(withoutEffect), ...notTexts, ...damaged, ...contradicted],
  };
}

/** Decorator `known-error-codes` makes these texts from the messages of the catalogue, also from the translated ones. */
const madeFromMessages = "/x-enumDescriptions/";

/** What is wrong with an action that leaves no trace in the translated document. */
function withoutEffect({ action: { target, update }, nodes }: Applied): string[] {
  if (nodes.length === 0) {
    return [`Target ${target} matches nothing. Mend it, or remove the action if the text that it translated is gone.`];
  }
  if (nodes.some((node) => holds(node, update))) return [];
  return [`A later action writes over what the one with target ${target} says. Remove one of the two.`];
}

function holds(node: unknown, update: unknown): boolean {
  if (typeof update !== "object" || update === null) return node === update;
  return Object.entries(update).every(([key, value]) => holds((node as Record<string, unknown>)[key], value));
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
