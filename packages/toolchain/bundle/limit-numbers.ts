import { placeholder } from "./placeholders.ts";
import type { Values } from "./values.ts";

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
 * The numbers of a text that equal a limit of the description, and so have to be placeholders. A number of ten or more counts wherever it is, but not in
 * code, in a date, in a version, in a name or next to a word that says what else it is. A smaller one, and a length of time in another unit than the
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

/** The unit of each limit that has one: its own, or the last step of a name such as `limits.userSigValidity.years`. */
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
