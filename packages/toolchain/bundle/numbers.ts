import { getLineColLocation, type LocationObject } from "@redocly/openapi-core";
import { humanTexts } from "./human-texts.ts";
import { placeholder, unknownName, unknownPlaceholders, type Values } from "./placeholders.ts";
import { at, type ProblemLine, type Show } from "./problem.ts";

/** The texts of documents, which are quoted. */
const quoted = /^\/x-documents\//;

/**
 * Returns the mistakes in the numbers of the texts of a bundle whose placeholders are not filled in yet: a placeholder that names no value, a number that has
 * to be a placeholder, and a code that the catalogue does not have.
 *
 * @param locate Where a place of the bundle, as a JSON pointer, comes from.
 */
export async function textProblems(
  document: object,
  values: Values,
  locate: (pointer: string) => Promise<LocationObject>,
  show: Show,
): Promise<ProblemLine[]> {
  const { "x-limits": limits, "x-errors": errors } = document as {
    readonly "x-limits": Record<string, { readonly unit: string }>;
    readonly "x-errors": Record<string, readonly { readonly code: number }[]>;
  };
  const units = unitsOf(values, limits);
  const codes = new Set(
    Object.values(errors)
      .flat()
      .map(({ code }) => code),
  );
  const found = [...humanTexts(document)].map(async ([pointer, text]) => {
    const unknown = unknownPlaceholders(text, values);
    const numbers = quoted.test(pointer) ? [] : limitNumbers(text, values, units);
    const strange = unknownCodes(text, codes);
    if (unknown.length + numbers.length + strange.length === 0) return [];
    const place = await locate(pointer);
    return [
      ...unknownIn(text, values, place, show),
      ...numbers.map(
        ({ written, names }, index) =>
          `${placeOfNumber(numbers, index, place)} ${written} is also ${listed(names, pointer)}. Write the placeholder, so that the text follows it; for another fact write \`{${written}}\`. (limit-placeholder)`,
      ),
      ...strange.map(({ code }) => {
        const { body, absoluteRef } = place.source;
        const start = startOf(place);
        const index = unknownCodes(body.slice(start), codes).find((other) => other.code === code)?.index ?? 0;
        return `${at(show(absoluteRef), body, start + index)} Code ${code} is not in the catalogue. Write a code that is there; for another number write \`{${code}}\`. (code-known)`;
      }),
    ];
  });
  return [...new Set((await Promise.all(found)).flat())];

  function placeOfNumber(numbers: readonly LimitNumber[], which: number, place: LocationObject): string {
    const { body, absoluteRef } = place.source;
    const start = startOf(place);
    const { written } = numbers[which]!;
    const earlier = numbers.slice(0, which).filter((other) => other.written === written).length;
    const inFile = limitNumbers(body.slice(start), values, units).filter((other) => other.written === written);
    return at(show(absoluteRef), body, start + (inFile[earlier]?.index ?? 0));
  }
}

/** Returns the mistakes in the placeholders of a text. */
export function unknownIn(text: string, values: Values, place: LocationObject, show: Show): ProblemLine[] {
  return unknownPlaceholders(text, values).map(({ written, name }) => {
    const { body, absoluteRef } = place.source;
    const start = startOf(place);
    const index = start + Math.max(0, body.slice(start).indexOf(written));
    return `${at(show(absoluteRef), body, index)} ${unknownName(name, values)} (placeholder-known)`;
  });
}

/** Returns the names of limits as placeholders, first those of the component that the text is in. */
function listed(names: readonly string[], pointer: string): string {
  const steps = pointer.split("/");
  const near = names.filter((name) => steps.includes(name.split(".")[1]!));
  return [...(near.length > 0 ? near : names)]
    .slice(0, 4)
    .map((name) => `\`{${name}}\``)
    .join(" or ");
}

/** Returns where a text begins in its file. A file of text has nothing else in it. */
function startOf(place: LocationObject): number {
  const { source } = place;
  if (source.absoluteRef.endsWith(".md")) return 0;
  const { line, col } = getLineColLocation(place).start;
  const before = source.getLines().slice(0, line - 1);
  return before.reduce((length, text) => length + text.length + 1, col - 1);
}

/** A number in a text that is also a limit: as it is written, where, and the names of the limits. */
export interface LimitNumber {
  readonly written: string;
  readonly index: number;
  readonly names: readonly string[];
}

/** A number from here on is no count that a sentence has by chance. */
const notByChance = 10;

/** What stands before and after a number that is no limit: a status, a code, a row, a version, a width in bits. */
const before = /(HTTP[^.。\n]{0,16}|\b(code|rows?|bits?|Node\.js|version) |第 ?)$/i;
const after = /^([- ]bits?\b| ?ビット| ?位| ?行)/;

/**
 * Returns the numbers of a text that equal a limit of the description, and so have to be placeholders. A number of ten or more counts wherever it is, but not in
 * code, in a date, in a version, in a name or next to a word with another meaning, such as "row". A smaller one, and a length of time in another unit than the
 * limit's, counts where the unit follows: 3 is a limit in "3 seconds" only.
 *
 * @param units Unit of a limit by its name, such as `seconds` of `limits.serviceTimeout`.
 */
export function limitNumbers(text: string, values: Values, units: ReadonlyMap<string, string>): LimitNumber[] {
  const blank = (span: string): string => " ".repeat(span.length);
  const prose = text.replaceAll(/`[^`]+`|https?:\/\/\S+/g, blank).replaceAll(placeholder, blank);
  return [...prose.matchAll(/(?<![\w.,:/–-])\d[\d,]*(?!\w|[.,:]\d|[–/]\d|-\w)/g)].flatMap(({ 0: written, index }) => {
    const number = Number(written.replaceAll(",", ""));
    const rest = prose.slice(index + written.length);
    if (before.test(prose.slice(0, index)) || after.test(rest)) return [];
    const names = [...values.keys()].filter((name) => {
      if (values.get(name) !== number) return false;
      const unit = units.get(name);
      const followed = unit !== undefined && new RegExp(`^[ -]?${unit.replace(/s$/, "s?")}`).test(rest);
      return followed || (number >= notByChance && !isDerived(name));
    });
    return names.length === 0 ? [] : [{ written, index, names }];
  });
}

/** Returns the unit of each limit that has one: its own, or the last step of a name such as `limits.userSigValidity.years`. */
export function unitsOf(
  values: Values,
  limits: Readonly<Record<string, { readonly unit: string }>>,
): Map<string, string> {
  const named = Object.entries(limits).map(([name, { unit }]) => [`limits.${name}`, unit] as const);
  const derived = [...values.keys()].filter(isDerived).map((name) => [name, name.split(".").at(-1)!] as const);
  return new Map([...named, ...derived]);
}

function isDerived(name: string): boolean {
  return name.startsWith("limits.") && name.split(".").length === 3;
}

/** A number that looks like an error code, and where it begins. */
export interface CodeNumber {
  readonly code: number;
  readonly index: number;
}

/**
 * Returns the numbers of a text that look like error codes, but are not in the catalogue: those with as many digits as its codes and the same first digit as one of
 * them. Digits of a URL, a date, a version, a name or a longer number do not count, and neither does a number in braces, such as `{60000}`.
 *
 * @example
 * unknownCodes("Returned 51010, or 51019.", new Set([51010])); // [{ code: 51019, index: 19 }]
 */
export function unknownCodes(text: string, catalogue: ReadonlySet<number>): CodeNumber[] {
  const kinds = new Set([...catalogue].map(kindOf));
  const prose = text.replaceAll(/https?:\/\/[^\s"'`)]+|\{\d+\}/g, (span) => " ".repeat(span.length));
  return [...prose.matchAll(/(?<![\w.,:–-])\d+(?!\w|[.,:]\d|–\d|-\w)/g)]
    .map(({ 0: written, index }) => ({ code: Number(written), index }))
    .filter(({ code }) => kinds.has(kindOf(code)) && !catalogue.has(code));
}

/** Returns the first digit of a number, and how many follow. */
function kindOf(number: number): string {
  const digits = String(number);
  return `${digits[0]}${digits.length}`;
}
