import { getLineColLocation, type LocationObject } from "@redocly/openapi-core";
import { unknownCodes } from "./code-numbers.ts";
import { humanTexts } from "./human-texts.ts";
import { type LimitNumber, limitNumbers, unitsOf } from "./limit-numbers.ts";
import { unknownPlaceholders } from "./placeholders.ts";
import { at, type Problem, type Show } from "./problem.ts";
import { unknownName, type Values } from "./values.ts";

/** The texts of documents, which are quoted. */
const quoted = /^\/x-documents\//;

/**
 * What is wrong with the numbers in the texts of a bundle whose placeholders are not filled in yet: a placeholder that names no value, a number that has
 * to be a placeholder, and a code that the catalogue does not have.
 *
 * @param locate Where a place of the bundle, as a JSON pointer, comes from.
 */
export async function textProblems(
  document: object,
  values: Values,
  locate: (pointer: string) => Promise<LocationObject>,
  show: Show,
): Promise<Problem[]> {
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

/** What is wrong with the placeholders of a text. */
export function unknownIn(text: string, values: Values, place: LocationObject, show: Show): Problem[] {
  return unknownPlaceholders(text, values).map(({ written, name }) => {
    const { body, absoluteRef } = place.source;
    const start = startOf(place);
    const index = start + Math.max(0, body.slice(start).indexOf(written));
    return `${at(show(absoluteRef), body, index)} ${unknownName(name, values)} (placeholder-known)`;
  });
}

/** The names of limits as placeholders, first those of the component that the text is in. */
function listed(names: readonly string[], pointer: string): string {
  const steps = pointer.split("/");
  const near = names.filter((name) => steps.includes(name.split(".")[1]!));
  return [...(near.length > 0 ? near : names)]
    .slice(0, 4)
    .map((name) => `\`{${name}}\``)
    .join(" or ");
}

/** Where a text begins in its file. A file of text has nothing else in it. */
function startOf(place: LocationObject): number {
  const { source } = place;
  if (source.absoluteRef.endsWith(".md")) return 0;
  const { line, col } = getLineColLocation(place).start;
  const before = source.getLines().slice(0, line - 1);
  return before.reduce((length, text) => length + text.length + 1, col - 1);
}
