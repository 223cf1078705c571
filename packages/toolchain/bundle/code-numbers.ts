/** A number that looks like an error code, and where it begins. */
export interface CodeNumber {
  readonly code: number;
  readonly index: number;
}

/**
 * The numbers of a text that look like error codes, but are not in the catalogue: those with as many digits as its codes and the same first digit as one of
 * them. Digits of a URL, a date, a version, a name or a longer number do not count, and neither does a number in braces, such as `{60000}`.
 *
 * @example
 * unknownCodes("Answered 51010, or 51019.", new Set([51010])); // [{ code: 51019, index: 19 }]
 */
export function unknownCodes(text: string, catalogue: ReadonlySet<number>): CodeNumber[] {
  const kinds = new Set([...catalogue].map(kindOf));
  const prose = text.replaceAll(/https?:\/\/[^\s"'`)]+|\{\d+\}/g, (span) => " ".repeat(span.length));
  return [...prose.matchAll(/(?<![\w.,:–-])\d+(?!\w|[.,:]\d|–\d|-\w)/g)]
    .map(({ 0: written, index }) => ({ code: Number(written), index }))
    .filter(({ code }) => kinds.has(kindOf(code)) && !catalogue.has(code));
}

/** The first digit of a number, and how many follow. */
function kindOf(number: number): string {
  const digits = String(number);
  return `${digits[0]}${digits.length}`;
}
